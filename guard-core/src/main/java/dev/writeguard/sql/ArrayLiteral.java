package dev.writeguard.sql;

import java.lang.reflect.Array;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text form of an array, for an array that is itself an element: {@code {"a","b\"c",NULL}}. */
final class ArrayLiteral {

    private ArrayLiteral() {}

    /** A value as text, an array as literal. */
    static @Nullable String elementText(Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        return value.getClass().isArray() ? of(value) : JdbcValues.textual(value);
    }

    private static String of(Object array) throws SQLException {
        var literal = new StringJoiner(",", "{", "}");
        for (int i = 0; i < Array.getLength(array); i++) {
            literal.add(element(Array.get(array, i)));
        }
        return literal.toString();
    }

    private static String element(@Nullable Object element) throws SQLException {
        if (element == null) {
            return "NULL";
        }
        String text = elementText(element);
        if (text == null) {
            return "NULL";
        }
        return element.getClass().isArray() && !(element instanceof byte[])
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

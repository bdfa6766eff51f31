package dev.writeguard.sql;

import java.lang.reflect.Array;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text form of an array, for an array that is itself an element: {@code {"a","b\"c",NULL}}. */
final class ArrayLiteral {

    private ArrayLiteral() {}

    static String of(Object array) {
        var literal = new StringJoiner(",", "{", "}");
        for (int i = 0; i < Array.getLength(array); i++) {
            literal.add(element(Array.get(array, i)));
        }
        return literal.toString();
    }

    private static String element(@Nullable Object element) {
        if (element == null) {
            return "NULL";
        }
        if (element.getClass().isArray() && !(element instanceof byte[])) {
            return of(element);
        }
        String text = element instanceof byte[] bytes
                ? "\\x" + java.util.HexFormat.of().formatHex(bytes)
                : JdbcValues.textual(element);
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

package dev.writeguard.sql;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of values for {@code unnest}: sent as an array of the narrowest type that carries every value exactly, text
 * where nothing narrower does.
 *
 * <p>The column's own type is reached by a cast of each element inside the statement, because an array of arrays would
 * be flattened by {@code unnest}, and because the driver writes only a few element types itself.
 */
final class ArrayParameter {

    private static final Map<Class<?>, String> ELEMENT_TYPES = Map.of(
            Short.class, "int2",
            Integer.class, "int4",
            Long.class, "int8",
            Boolean.class, "bool",
            Double.class, "float8",
            byte[].class, "bytea");

    private final String elementType;
    private final Object[] elements;

    private ArrayParameter(String elementType, Object[] elements) {
        this.elementType = elementType;
        this.elements = elements;
    }

    static ArrayParameter of(List<? extends @Nullable Object> values) {
        Class<?> common = commonClass(values);
        String type = common == null ? null : ELEMENT_TYPES.get(common);
        if (common == null || type == null) {
            Object[] texts = new String[values.size()];
            for (int i = 0; i < texts.length; i++) {
                Object value = values.get(i);
                texts[i] = value == null ? null : text(value);
            }
            return new ArrayParameter("text", texts);
        }
        return new ArrayParameter(type, values.toArray((Object[]) Array.newInstance(common, values.size())));
    }

    String elementType() {
        return elementType;
    }

    java.sql.Array on(Connection connection) throws SQLException {
        return connection.createArrayOf(elementType, elements);
    }

    private static @Nullable Class<?> commonClass(List<? extends @Nullable Object> values) {
        Class<?> common = null;
        for (Object value : values) {
            if (value != null) {
                if (common != null && common != value.getClass()) {
                    return null;
                }
                common = value.getClass();
            }
        }
        return common;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes
                ? "\\x" + java.util.HexFormat.of().formatHex(bytes)
                : value.getClass().isArray() ? ArrayLiteral.of(value) : JdbcValues.textual(value);
    }
}

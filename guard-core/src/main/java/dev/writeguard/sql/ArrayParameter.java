package dev.writeguard.sql;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A column of values for {@code unnest}: sent as an array of the type that the driver gives a single value of that
 * class, so that a bulk stores what single rows would store; text where the values differ in class, or the driver
 * leaves the type to the server.
 *
 * <p>The column's own type is reached by a cast of each element inside the statement, because an array of arrays would
 * be flattened by {@code unnest}.
 */
final class ArrayParameter {

    private static final String TEXT = "text";

    /** Those that the driver writes as elements by itself. */
    private static final Map<Class<?>, String> WRITTEN_BY_DRIVER = Map.of(
            Short.class, "int2",
            Integer.class, "int4",
            Long.class, "int8",
            Boolean.class, "bool",
            Double.class, "float8",
            byte[].class, "bytea");

    private static final Map<Class<?>, String> WRITTEN_AS_TEXT = Map.of(
            Float.class, "float4",
            BigDecimal.class, "numeric",
            BigInteger.class, "numeric",
            UUID.class, "uuid",
            LocalDate.class, "date",
            LocalTime.class, "time",
            OffsetTime.class, "timetz",
            LocalDateTime.class, "timestamp",
            OffsetDateTime.class, "timestamptz");

    private final String elementType;
    private final @Nullable Class<?> elementClass;
    private final List<? extends @Nullable Object> values;

    private ArrayParameter(
            String elementType, @Nullable Class<?> elementClass, List<? extends @Nullable Object> values) {
        this.elementType = elementType;
        this.elementClass = elementClass;
        this.values = values;
    }

    static ArrayParameter of(List<? extends @Nullable Object> values) {
        Class<?> common = commonClass(values);
        if (common == null) {
            return new ArrayParameter(TEXT, null, values);
        }
        String written = WRITTEN_BY_DRIVER.get(common);
        return written == null
                ? new ArrayParameter(WRITTEN_AS_TEXT.getOrDefault(common, TEXT), null, values)
                : new ArrayParameter(written, common, values);
    }

    String elementType() {
        return elementType;
    }

    /**
     * @throws SQLException with SQLSTATE 07006 for a value of a class that PostgreSQL has no type for
     */
    java.sql.Array on(Connection connection) throws SQLException {
        if (elementClass != null) {
            return connection.createArrayOf(
                    elementType, values.toArray((Object[]) Array.newInstance(elementClass, values.size())));
        }
        @Nullable String[] texts = new String[values.size()];
        for (int i = 0; i < texts.length; i++) {
            Object value = values.get(i);
            texts[i] = value == null ? null : ArrayLiteral.elementText(value);
        }
        return connection.createArrayOf(elementType, texts);
    }

    private static @Nullable Class<?> commonClass(List<? extends @Nullable Object> values) {
        Class<?> common = null;
        for (Object value : values) {
            if (value != null) {
                Class<?> type = JdbcValues.normalized(value).getClass();
                if (common != null && common != type) {
                    return null;
                }
                common = type;
            }
        }
        return common;
    }
}

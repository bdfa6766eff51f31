package dev.writeguard.sql;

import static java.util.Map.entry;

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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values of one column for {@code unnest}: sent as an array of the type that the driver gives a single value of that
 * class, so that a bulk stores what single rows would store; text where the driver leaves the type to the server.
 * Values that differ in type are several arrays, each with a null in the place of a value of another one.
 *
 * <p>The column's own type is reached by a cast of each element inside the statement, because an array of arrays would
 * be flattened by {@code unnest}.
 */
final class ArrayParameter {

    private static final String TEXT = "text";

    private static final Map<Class<?>, String> TYPES = Map.ofEntries(
            entry(Short.class, "int2"),
            entry(Integer.class, "int4"),
            entry(Long.class, "int8"),
            entry(Boolean.class, "bool"),
            entry(Double.class, "float8"),
            entry(Float.class, "float4"),
            entry(byte[].class, "bytea"),
            entry(BigDecimal.class, "numeric"),
            entry(BigInteger.class, "numeric"),
            entry(UUID.class, "uuid"),
            entry(LocalDate.class, "date"),
            entry(LocalTime.class, "time"),
            entry(OffsetTime.class, "timetz"),
            entry(LocalDateTime.class, "timestamp"),
            entry(OffsetDateTime.class, "timestamptz"));

    /** The elements that the driver writes by itself; others go out as text. */
    private static final Map<String, Class<?>> WRITTEN_BY_DRIVER = Map.of(
            "int2", Short.class,
            "int4", Integer.class,
            "int8", Long.class,
            "bool", Boolean.class,
            "float8", Double.class,
            "bytea", byte[].class);

    private final String elementType;
    private final @Nullable Class<?> elementClass;
    private final List<? extends @Nullable Object> values;

    private ArrayParameter(
            String elementType, @Nullable Class<?> elementClass, List<? extends @Nullable Object> values) {
        this.elementType = elementType;
        this.elementClass = elementClass;
        this.values = values;
    }

    /** One for each type that the values have, in the order in which they occur; one if they are all null. */
    static List<ArrayParameter> of(List<? extends @Nullable Object> values) {
        Set<String> types = new LinkedHashSet<>();
        for (Object value : values) {
            if (value != null) {
                types.add(elementType(value));
            }
        }
        if (types.size() < 2) {
            return List.of(of(types.isEmpty() ? TEXT : types.iterator().next(), values));
        }
        return types.stream().map(type -> of(type, only(type, values))).toList();
    }

    private static ArrayParameter of(String elementType, List<? extends @Nullable Object> values) {
        return new ArrayParameter(elementType, WRITTEN_BY_DRIVER.get(elementType), values);
    }

    private static List<@Nullable Object> only(String type, List<? extends @Nullable Object> values) {
        List<@Nullable Object> those = new ArrayList<>(values.size());
        for (Object value : values) {
            those.add(value != null && elementType(value).equals(type) ? value : null);
        }
        return those;
    }

    private static String elementType(Object value) {
        return TYPES.getOrDefault(JdbcValues.normalized(value).getClass(), TEXT);
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
}

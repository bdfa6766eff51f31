package dev.writeguard.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of an answer, in the class of its column where that loses nothing. A column may have another type by now
 * than the catalog had, and a number may be NaN: the value is then what the driver makes of it. What has been written
 * must not be reported as failed because of the class of what it answers with.
 */
final class ColumnValue {

    /** Classes that the driver gives on request only, and what it gives to the same values otherwise. */
    private static final Map<Class<?>, Class<?>> ON_REQUEST = Map.of(
            LocalDate.class, java.sql.Date.class,
            LocalTime.class, java.sql.Time.class,
            LocalDateTime.class, java.sql.Timestamp.class,
            OffsetDateTime.class, java.sql.Timestamp.class);

    private ColumnValue() {}

    /** Of the current row; {@code Object.class} asks for what the driver gives. */
    static @Nullable Object read(ResultSet results, int position, Class<?> type) throws SQLException {
        if (type == String.class) {
            return results.getString(position);
        }
        Object value = results.getObject(position);
        if (value == null || type.isInstance(value)) {
            return value;
        }
        return value instanceof Number number ? number(number, type) : onRequest(results, position, type, value);
    }

    private static Object onRequest(ResultSet results, int position, Class<?> type, Object otherwise)
            throws SQLException {
        Class<?> expected = ON_REQUEST.get(type);
        if (expected == null || !expected.isInstance(otherwise) || !hasZoneOf(type, results.getString(position))) {
            return otherwise;
        }
        try {
            return results.getObject(position, type);
        } catch (SQLException refused) {
            // Whatever keeps the driver from it, the value is there.
            return otherwise;
        }
    }

    /** To JDBC a time with a zone and one without look the same, and the driver would make up a zone for the latter. */
    private static boolean hasZoneOf(Class<?> type, String text) {
        int time = text.indexOf(':');
        boolean zoned = text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
        return time < 0 || zoned == (type == OffsetDateTime.class);
    }

    private static Object number(Number value, Class<?> type) {
        if (value instanceof Float || value instanceof Double) {
            return value;
        }
        BigDecimal exact = value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(value.longValue());
        if (type == BigDecimal.class) {
            return exact;
        }
        return exact.scale() == 0 ? integral(exact.unscaledValue(), type, value) : value;
    }

    private static Object integral(BigInteger exact, Class<?> type, Object otherwise) {
        int bits = exact.bitLength();
        if (type == Short.class && bits < Short.SIZE) {
            return exact.shortValue();
        }
        if (type == Integer.class && bits < Integer.SIZE) {
            return exact.intValue();
        }
        return type == Long.class && bits < Long.SIZE ? exact.longValue() : otherwise;
    }
}

package dev.writeguard.sql;

import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * Hands Java values to the driver so that the server receives what the caller meant, whatever the zones of the JVM and
 * of the session are.
 *
 * <p>Types that the driver does not take are replaced: {@link Instant} and {@link ZonedDateTime} by
 * {@link OffsetDateTime}, an enum by its name, {@link java.util.Date} by its instant.
 */
public final class JdbcValues {

    private static final String INVALID_PARAMETER_TYPE = "07006";

    private JdbcValues() {}

    /**
     * Sets all parameters of a statement. A null goes out without a type, so that the server takes the type of the
     * cast around it, or as {@link TypedNull} says.
     */
    public static void bind(PreparedStatement statement, List<@Nullable Object> values) throws SQLException {
        int position = 1;
        for (Object value : values) {
            if (value == null) {
                statement.setNull(position++, Types.NULL);
            } else if (value instanceof TypedNull typed) {
                typed.bind(statement, position++);
            } else if (value instanceof ArrayParameter array) {
                statement.setArray(position++, array.on(statement.getConnection()));
            } else {
                statement.setObject(position++, normalized(value));
            }
        }
    }

    /** The value as the driver takes it, a time as exact as the server takes it. */
    static Object normalized(Object value) {
        return Microseconds.rounded(replaced(value));
    }

    private static Object replaced(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof ZonedDateTime zoned) {
            return zoned.toOffsetDateTime();
        }
        if (value instanceof java.util.Date date && !isSqlDate(date)) {
            return date.toInstant().atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Character character) {
            return character.toString();
        }
        return value;
    }

    /**
     * Whether a text in the value may have more characters than that. One that fits as a whole has none; of arrays and of
     * the driver's own objects nothing is known.
     */
    public static boolean mayBeLonger(@Nullable Object value, int characters) {
        if (value instanceof CharSequence text) {
            return text.length() > characters;
        }
        return value instanceof java.sql.Array
                || value instanceof PGobject
                || value != null && value.getClass().isArray();
    }

    /**
     * The value as text that PostgreSQL reads back as the same value; for elements of arrays. Not for values with array
     * structure of their own.
     *
     * @return null for a driver's object that holds none
     * @throws SQLException with SQLSTATE 07006 for classes that the driver does not take either: whatever their
     *     {@code toString} says, a column must not store it
     */
    static @Nullable String textual(Object value) throws SQLException {
        Object normalized = normalized(value);
        if (normalized instanceof java.util.Date || normalized instanceof Temporal) {
            return TemporalText.of(normalized);
        }
        if (normalized instanceof String
                || normalized instanceof Number
                || normalized instanceof Boolean
                || normalized instanceof UUID
                || normalized instanceof PGobject
                || normalized instanceof java.sql.Array) {
            return normalized.toString();
        }
        throw unknown(value);
    }

    static SQLException unknown(Object value) {
        return new SQLException("No PostgreSQL type for a " + value.getClass().getName(), INVALID_PARAMETER_TYPE);
    }

    private static boolean isSqlDate(java.util.Date date) {
        return date instanceof Timestamp || date instanceof Date || date instanceof Time;
    }
}

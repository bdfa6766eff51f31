package dev.writeguard.sql;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import org.postgresql.PGStatement;

/** Dates and times as text that PostgreSQL reads as the driver's own: with infinity, years beyond 9999, and BC. */
final class TemporalText {

    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";
    private static final String END_OF_DAY = "24:00:00";

    private static final Map<Object, String> INFINITE = Map.of(
            LocalDate.MAX, INFINITY,
            LocalDate.MIN, MINUS_INFINITY,
            LocalDateTime.MAX, INFINITY,
            LocalDateTime.MIN, MINUS_INFINITY,
            OffsetDateTime.MAX, INFINITY,
            OffsetDateTime.MIN, MINUS_INFINITY,
            LocalTime.MAX, END_OF_DAY);

    private TemporalText() {}

    static String of(Object value) throws SQLException {
        if (value instanceof java.util.Date date) {
            return ofDate(date);
        }
        String infinite = INFINITE.get(value);
        if (infinite != null) {
            return infinite;
        }
        if (value instanceof OffsetTime time) {
            return time.toLocalTime().equals(LocalTime.MAX) ? END_OF_DAY + time.getOffset() : time.toString();
        }
        if (value instanceof LocalTime) {
            return value.toString();
        }
        if (value instanceof LocalDate || value instanceof LocalDateTime || value instanceof OffsetDateTime) {
            return ofYear((TemporalAccessor) value);
        }
        throw JdbcValues.unknown(value);
    }

    /** In the zone of the JVM, which is where these classes print themselves. */
    private static String ofDate(java.util.Date date) {
        if (date.getTime() == PGStatement.DATE_POSITIVE_INFINITY) {
            return INFINITY;
        }
        if (date.getTime() == PGStatement.DATE_NEGATIVE_INFINITY) {
            return MINUS_INFINITY;
        }
        ZonedDateTime zoned = instant(date).atZone(ZoneId.systemDefault());
        if (date instanceof Time) {
            return zoned.toOffsetDateTime().toOffsetTime().toString();
        }
        return ofYear(
                date instanceof Date
                        ? zoned.toLocalDate().atStartOfDay(zoned.getZone()).toOffsetDateTime()
                        : zoned.toOffsetDateTime());
    }

    private static Instant instant(java.util.Date date) {
        return date instanceof Timestamp timestamp ? timestamp.toInstant() : Instant.ofEpochMilli(date.getTime());
    }

    /** Java writes a plus before years of five digits, and year 0 for 1 BC. */
    private static String ofYear(TemporalAccessor value) {
        String text = value.toString();
        int year = value.get(ChronoField.YEAR);
        String afterYear = text.substring(text.indexOf('-', 1));
        return year > 0 ? "%04d%s".formatted(year, afterYear) : "%04d%s BC".formatted(1 - year, afterYear);
    }
}

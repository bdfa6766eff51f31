package dev.writeguard.sql;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGStatement;

/** Dates and times as text that PostgreSQL reads as the driver's own: with infinity, years beyond 9999, and BC. */
final class TemporalText {

    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";
    private static final String END_OF_DAY = "24:00:00";
    private static final int MILLIS = 1000;
    private static final int NANOS_OF_MILLI = 1_000_000;

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

    /**
     * In the zone and the calendar of the JVM, in which these classes print themselves and the driver writes them: days
     * before 1582 are Julian.
     */
    private static String ofDate(java.util.Date date) {
        if (date.getTime() == PGStatement.DATE_POSITIVE_INFINITY) {
            return INFINITY;
        }
        if (date.getTime() == PGStatement.DATE_NEGATIVE_INFINITY) {
            return MINUS_INFINITY;
        }
        var shown = new GregorianCalendar();
        shown.setTime(date);
        return date instanceof Time ? clock(date, shown) : ofDay(date, shown);
    }

    private static String ofDay(java.util.Date date, Calendar shown) {
        if (date instanceof Date) {
            startOfDay(shown);
        }
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%s%s",
                shown.get(Calendar.YEAR),
                shown.get(Calendar.MONTH) + 1,
                shown.get(Calendar.DAY_OF_MONTH),
                clock(date, shown),
                shown.get(Calendar.ERA) == GregorianCalendar.BC ? " BC" : "");
    }

    private static void startOfDay(Calendar shown) {
        shown.set(Calendar.HOUR_OF_DAY, 0);
        shown.set(Calendar.MINUTE, 0);
        shown.set(Calendar.SECOND, 0);
        shown.set(Calendar.MILLISECOND, 0);
    }

    private static String clock(java.util.Date date, Calendar shown) {
        int nanos = date instanceof Timestamp timestamp
                ? timestamp.getNanos()
                : shown.get(Calendar.MILLISECOND) * NANOS_OF_MILLI;
        int offset = shown.get(Calendar.ZONE_OFFSET) + shown.get(Calendar.DST_OFFSET);
        LocalTime time = LocalTime.of(
                shown.get(Calendar.HOUR_OF_DAY), shown.get(Calendar.MINUTE), shown.get(Calendar.SECOND), nanos);
        return time.atOffset(ZoneOffset.ofTotalSeconds(offset / MILLIS)).toString();
    }

    /** Java writes a plus before years of five digits, and year 0 for 1 BC. */
    private static String ofYear(TemporalAccessor value) {
        String text = value.toString();
        int year = value.get(ChronoField.YEAR);
        String afterYear = text.substring(text.indexOf('-', 1));
        return year > 0
                ? String.format(Locale.ROOT, "%04d%s", year, afterYear)
                : String.format(Locale.ROOT, "%04d%s BC", 1 - year, afterYear);
    }
}

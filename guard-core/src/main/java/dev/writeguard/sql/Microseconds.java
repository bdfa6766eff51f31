package dev.writeguard.sql;

import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import org.postgresql.PGStatement;

/**
 * Times rounded half up to what the server knows. The driver rounds a single value so, the server reads a text half to
 * even: one of them alone would store another key for one row than for many.
 */
final class Microseconds {

    private static final int NANOS = 1_000;
    private static final int HALF = NANOS / 2;
    private static final LocalTime LAST = LocalTime.MAX.minusNanos(HALF);

    private Microseconds() {}

    /** Infinity stays what it is, and so does a value that is no time. */
    static Object rounded(Object value) {
        if (value instanceof LocalDateTime time) {
            return isInfinite(time.getYear()) ? time : time.plusNanos(toAdd(time));
        }
        if (value instanceof OffsetDateTime time) {
            return isInfinite(time.getYear()) ? time : time.plusNanos(toAdd(time));
        }
        if (value instanceof LocalTime time) {
            return rounded(time);
        }
        if (value instanceof OffsetTime time) {
            return rounded(time.toLocalTime()).atOffset(time.getOffset());
        }
        return value instanceof Timestamp timestamp ? rounded(timestamp) : value;
    }

    /** The end of the day, 24:00:00 to the server, is to the driver the last time of Java. */
    private static LocalTime rounded(LocalTime time) {
        return time.isAfter(LAST) ? LocalTime.MAX : time.plusNanos(toAdd(time));
    }

    /** In the class that it has, such as the driver's own. */
    private static Timestamp rounded(Timestamp timestamp) {
        int nanos = timestamp.getNanos();
        int toAdd = toAdd(nanos);
        if (toAdd == 0 || isInfinite(timestamp)) {
            return timestamp;
        }
        Timestamp rounded = (Timestamp) timestamp.clone();
        if (nanos + toAdd == 1_000_000_000) {
            rounded.setTime(timestamp.getTime() + 1);
        } else {
            rounded.setNanos(nanos + toAdd);
        }
        return rounded;
    }

    private static boolean isInfinite(int year) {
        return year == Year.MAX_VALUE || year == Year.MIN_VALUE;
    }

    private static boolean isInfinite(Timestamp timestamp) {
        return timestamp.getTime() == PGStatement.DATE_POSITIVE_INFINITY
                || timestamp.getTime() == PGStatement.DATE_NEGATIVE_INFINITY;
    }

    private static int toAdd(TemporalAccessor time) {
        return toAdd(time.get(ChronoField.NANO_OF_SECOND));
    }

    private static int toAdd(int nanos) {
        int beyond = nanos % NANOS;
        return beyond < HALF ? -beyond : NANOS - beyond;
    }
}

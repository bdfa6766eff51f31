package dev.writeguard.spring.jpa;

import dev.writeguard.schema.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Hears what Hibernate would bind for a value, instead of sending it. */
final class RecordedParameter implements InvocationHandler {

    private static final int MILLIS = 1000;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private final SharedSessionContractImplementor session;
    private @Nullable Object value;

    private RecordedParameter(SharedSessionContractImplementor session) {
        this.session = session;
    }

    /**
     * The value that the driver would get for a value of the mapping: after converters, formats and time zones.
     *
     * @throws SQLException if Hibernate cannot bind it
     */
    static @Nullable Object of(JdbcMapping mapping, @Nullable Object value, SharedSessionContractImplementor session)
            throws SQLException {
        var recorder = new RecordedParameter(session);
        PreparedStatement statement = (PreparedStatement) Proxy.newProxyInstance(
                RecordedParameter.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, recorder);
        bind(mapping, value, statement, session);
        return recorder.value;
    }

    @SuppressWarnings("unchecked") // a mapping is of the type of its values
    private static void bind(
            JdbcMapping mapping,
            @Nullable Object value,
            PreparedStatement statement,
            SharedSessionContractImplementor session)
            throws SQLException {
        mapping.getJdbcValueBinder().bind(statement, value, 1, session);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && method.getName().startsWith("set") && arguments.length > 1) {
            value = method.getName().equals("setNull") ? null : recorded(arguments[1], arguments[arguments.length - 1]);
            return null;
        }
        return switch (method.getName()) {
            case "getConnection" -> session.doReturningWork(connection -> connection);
            case "isWrapperFor" -> false;
            default -> onObject(method, arguments);
        };
    }

    private @Nullable Object onObject(Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() != Object.class) {
            throw new UnsupportedOperationException(method.getName() + " while a value is bound");
        }
        try {
            return method.invoke(this, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static @Nullable Object recorded(@Nullable Object value, @Nullable Object last) {
        if (last instanceof Calendar calendar) {
            return onClock(value, calendar);
        }
        try {
            if (value instanceof InputStream stream) {
                return stream.readAllBytes();
            }
            if (value instanceof Reader reader) {
                var text = new StringWriter();
                reader.transferTo(text);
                return text.toString();
            }
            return value;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * What the clocks of that calendar's zone show, in its own reckoning: as the driver writes it. A timestamp keeps the
     * offset, for columns that know the instant.
     */
    private static @Nullable Object onClock(@Nullable Object value, Calendar clock) {
        if (!(value instanceof Date date) || isInfinite(date)) {
            return value;
        }
        var shown = (Calendar) clock.clone();
        shown.setTime(date);
        if (value instanceof Timestamp timestamp) {
            int offset = shown.get(Calendar.ZONE_OFFSET) + shown.get(Calendar.DST_OFFSET);
            return ZonedDateTime.of(
                    day(shown), time(shown).withNano(timestamp.getNanos()), ZoneOffset.ofTotalSeconds(offset / MILLIS));
        }
        return value instanceof Time ? time(shown) : day(shown);
    }

    private static boolean isInfinite(Date date) {
        return date.getTime() == PGStatement.DATE_POSITIVE_INFINITY
                || date.getTime() == PGStatement.DATE_NEGATIVE_INFINITY;
    }

    private static LocalDate day(Calendar shown) {
        int year = shown.get(Calendar.YEAR);
        return LocalDate.of(
                shown.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
                shown.get(Calendar.MONTH) + 1,
                shown.get(Calendar.DAY_OF_MONTH));
    }

    private static LocalTime time(Calendar shown) {
        return LocalTime.of(
                shown.get(Calendar.HOUR_OF_DAY),
                shown.get(Calendar.MINUTE),
                shown.get(Calendar.SECOND),
                shown.get(Calendar.MILLISECOND) * NANOS_OF_MILLI);
    }

    /** A recorded value as the column takes it: one without zone takes what the clock showed. */
    static @Nullable Object inColumn(@Nullable Object recorded, Column column) {
        if (recorded instanceof ZonedDateTime time) {
            return column.type().is("timestamptz") ? time.toOffsetDateTime() : time.toLocalDateTime();
        }
        return recorded;
    }
}

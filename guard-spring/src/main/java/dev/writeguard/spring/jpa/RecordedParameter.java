package dev.writeguard.spring.jpa;

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
import java.time.Instant;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Date;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.jspecify.annotations.Nullable;

/** Hears what Hibernate would bind for a value, instead of sending it. */
final class RecordedParameter implements InvocationHandler {

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

    @SuppressWarnings("unchecked")
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
            return inZone(value, calendar.getTimeZone().toZoneId());
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

    /** The time on the clocks of that zone; a timestamp keeps the zone, for columns that know the instant. */
    private static @Nullable Object inZone(@Nullable Object value, ZoneId zone) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toInstant().atZone(zone);
        }
        if (value instanceof Time time) {
            return Instant.ofEpochMilli(time.getTime()).atZone(zone).toLocalTime();
        }
        return value instanceof Date date
                ? Instant.ofEpochMilli(date.getTime()).atZone(zone).toLocalDate()
                : value;
    }
}

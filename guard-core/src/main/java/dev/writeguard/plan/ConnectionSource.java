package dev.writeguard.plan;

import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Lends a connection for one operation: the caller's own, or that of the current transaction.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ConnectionSource {

    /**
     * Runs the work on a connection, and takes the connection back afterwards.
     *
     * @throws SQLException what the work threw, or that no connection could be had
     */
    <T> T with(Use<T> use) throws SQLException;

    /** What is thrown for a failure: itself, unless those who use these connections expect other types. */
    default RuntimeException toThrow(GuardException failure) {
        return failure;
    }

    /** What is done with the connection. */
    @FunctionalInterface
    interface Use<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Lends that connection, and leaves it open. */
    static ConnectionSource of(Connection connection) {
        return new ConnectionSource() {
            @Override
            public <T> T with(Use<T> use) throws SQLException {
                return use.on(connection);
            }
        };
    }
}

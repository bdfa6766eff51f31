package dev.writeguard.spring.connection;

import dev.writeguard.plan.ConnectionSource.Use;
import java.sql.Connection;
import java.sql.SQLException;

/** Uses a connection that is in no transaction of Spring's: nobody would commit what is left uncommitted on it. */
final class Autocommit {

    private Autocommit() {}

    /** Switches autocommit on for the work, without a round trip, and afterwards back to what the pool made of it. */
    static <T> T with(Connection connection, Use<T> use) throws SQLException {
        if (connection.getAutoCommit()) {
            return use.on(connection);
        }
        connection.setAutoCommit(true);
        try {
            return use.on(connection);
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(false);
            }
        }
    }
}

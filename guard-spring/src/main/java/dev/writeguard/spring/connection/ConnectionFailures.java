package dev.writeguard.spring.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * What pools and frameworks throw when they have no connection to give, as an exception that says by its SQLSTATE that
 * nothing was sent.
 */
final class ConnectionFailures {

    private static final String NOT_CONNECTED = "08001";

    private ConnectionFailures() {}

    /** Asks for a connection. */
    interface Request {
        Connection get() throws SQLException;
    }

    static Connection of(Request request) throws SQLException {
        try {
            return request.get();
        } catch (SQLException failure) {
            throw failure.getSQLState() == null ? noConnection(failure) : failure;
        } catch (RuntimeException failure) {
            // A pool that cannot start, or an EntityManager that cannot connect.
            throw noConnection(failure);
        }
    }

    private static SQLException noConnection(Exception failure) {
        return new SQLTransientConnectionException("No connection could be had", NOT_CONNECTED, failure);
    }
}

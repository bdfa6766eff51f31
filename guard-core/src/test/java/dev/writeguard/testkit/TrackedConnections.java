package dev.writeguard.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections handed to a test: opened in a foreign time zone, all gone when it ends, whatever they were doing. */
final class TrackedConnections {

    static final String ZONE = TimeZone.getDefault().hasSameRules(TimeZone.getTimeZone("America/St_Johns"))
            ? "Asia/Kathmandu"
            : "America/St_Johns";

    private final Map<Integer, Connection> openByPid = new LinkedHashMap<>();

    Connection open(String url, Properties properties) throws SQLException {
        return track(DriverManager.getConnection(url, properties));
    }

    PGSimpleDataSource dataSource(String url) {
        PGSimpleDataSource dataSource = new TrackedDataSource(this);
        dataSource.setUrl(url);
        return dataSource;
    }

    /** The driver sets the session's zone to the JVM's; a different one brings to light who relies on that. */
    private Connection track(Connection connection) throws SQLException {
        synchronized (openByPid) {
            openByPid.put(connection.unwrap(PGConnection.class).getBackendPID(), connection);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = '" + ZONE + "'");
        }
        return connection;
    }

    /**
     * Ends their backends, also blocked ones, and waits for that, so that the next test meets none of their locks.
     *
     * @param control a connection that is not among them
     */
    void closeAll(Connection control) throws SQLException {
        Map<Integer, Connection> leaving;
        synchronized (openByPid) {
            leaving = Map.copyOf(openByPid);
            openByPid.clear();
        }
        Object[] pids = leaving.keySet().toArray();
        ask(control, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity", pids);
        // With its timeout argument the function would wait in steps of 100 ms.
        Probe.await(
                "the backends of the test have ended",
                () -> ask(control, "SELECT count(*) FROM pg_stat_activity", pids) == 0);
        for (Connection connection : leaving.values()) {
            // Not close(), which may complain that it cannot say goodbye.
            connection.abort(Runnable::run);
        }
    }

    private static long ask(Connection control, String select, Object[] pids) throws SQLException {
        try (PreparedStatement statement =
                control.prepareStatement(select + " WHERE pid = ANY (?) AND datname = current_database()")) {
            statement.setArray(1, control.createArrayOf("int4", pids));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static final class TrackedDataSource extends PGSimpleDataSource {

        private static final long serialVersionUID = 1;

        private final transient TrackedConnections tracked;

        TrackedDataSource(TrackedConnections tracked) {
            this.tracked = tracked;
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return tracked.track(super.getConnection(user, password));
        }
    }
}

package dev.writeguard.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own for a test class, cloned from a template that is built once per schema text.
 *
 * <p>Tests get it from {@link Schema}; a benchmark calls {@link #create} and closes it. Every connection that it hands out is
 * ended after each test, and runs in a time zone unlike the JVM's, in autocommit. Statements of its own ({@link #execute},
 * {@link #queryLong}, …) run on a control connection that is none of those, and that gives up after the test deadline.
 */
public final class Database implements AutoCloseable {

    private final PostgresServer server;
    private final String name;
    private final Connection control;
    private final TrackedConnections tracked = new TrackedConnections();
    private final Deque<String> atTestEnd = new ArrayDeque<>();

    private Database(PostgresServer server, String name) throws SQLException {
        this.server = server;
        this.name = name;
        this.control = DriverManager.getConnection(server.url(name));
        execute("SET statement_timeout = '" + Probe.DEADLINE.toMillis() + "ms'");
    }

    /**
     * Clones a database on the {@linkplain PostgresServer#shared() shared server}.
     *
     * @param label part of its name, for people who look at the server
     * @param schema SQL text
     */
    public static Database create(String label, String schema) {
        PostgresServer server = PostgresServer.shared();
        try {
            return new Database(server, SchemaTemplates.clone(server, label, schema));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the database of " + label + ": " + e.getMessage(), e);
        }
    }

    /** The server it is on. */
    public PostgresServer server() {
        return server;
    }

    /** JDBC URL with user and password, for pools and frameworks. Connections made with it are not tracked. */
    public String url() {
        return server.url(name);
    }

    /** The same through a proxy. */
    public String url(WireProxy proxy) {
        return server.url(proxy.host() + ":" + proxy.port(), name);
    }

    /** The time zone of the connections that a test is given: not the JVM's. */
    public static ZoneId zone() {
        return ZoneId.of(TrackedConnections.ZONE);
    }

    /** A new connection as the driver makes it, but for the time zone. */
    public Connection connect() throws SQLException {
        return connect(new Properties());
    }

    /** A new connection with driver properties such as {@code preferQueryMode} or {@code defaultRowFetchSize}. */
    public Connection connect(Properties properties) throws SQLException {
        return tracked.open(url(), properties);
    }

    /** A new connection through a proxy. */
    public Connection connect(WireProxy proxy) throws SQLException {
        return connect(proxy, new Properties());
    }

    /** A new connection through a proxy with driver properties. */
    public Connection connect(WireProxy proxy, Properties properties) throws SQLException {
        return tracked.open(url(proxy), properties);
    }

    /** A data source whose connections are tracked as those of {@link #connect()}. */
    public PGSimpleDataSource dataSource() {
        return tracked.dataSource(url());
    }

    /** The same through a proxy. */
    public PGSimpleDataSource dataSource(WireProxy proxy) {
        return tracked.dataSource(url(proxy));
    }

    /** A connection with a thread of its own; the name is also its {@code application_name}. */
    public Session session(String sessionName) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", sessionName);
        return session(sessionName, connect(properties));
    }

    /** A session on a connection made otherwise, say through a proxy. */
    public Session session(String sessionName, Connection connection) throws SQLException {
        return new Session(this, sessionName, connection);
    }

    /** Runs one or more statements. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = control.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, as a number. */
    public long queryLong(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepared(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new AssertionError("No row: " + sql);
            }
            return rows.getLong(1);
        }
    }

    /** The first column of every row, as the server writes it. */
    public List<@Nullable String> queryStrings(String sql, @Nullable Object... arguments) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private PreparedStatement prepared(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = control.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    /** SQL that is run once the test's connections are gone, the last one first. */
    void atTestEnd(String sql) {
        atTestEnd.push(sql);
    }

    void endTest() throws SQLException {
        tracked.closeAll(control);
        while (!atTestEnd.isEmpty()) {
            execute(atTestEnd.pop());
        }
    }

    @Override
    public void close() throws SQLException {
        try (control) {
            endTest();
        }
        SchemaTemplates.drop(server, name);
    }
}

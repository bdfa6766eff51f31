package dev.writeguard.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The one PostgreSQL server of this JVM, started when first asked for.
 *
 * <p>In this order: the server at {@code GUARD_PG_URL} (or system property {@code guard.pg.url}), whose user must be allowed to
 * create databases; a container, if {@code guard.test.postgres=testcontainers} ({@code guard.test.postgres.image} names the
 * image); else embedded PostgreSQL. If none can be had, every test that needs it fails: a skipped test proves nothing.
 */
public final class PostgresServer {

    private static @Nullable PostgresServer shared;
    private static @Nullable RuntimeException failure;

    private final Properties target;
    private final int majorVersion;
    private final boolean external;

    PostgresServer(String url, boolean external) {
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException("Not a PostgreSQL JDBC URL: " + url);
        }
        this.target = parsed;
        this.external = external;
        try (Connection connection = admin()) {
            this.majorVersion = connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new IllegalStateException("No PostgreSQL at " + host() + ":" + port() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The server, started if it is not yet running.
     *
     * @throws RuntimeException if it cannot be started or reached, for every caller the same
     */
    public static synchronized PostgresServer shared() {
        if (failure != null) {
            throw failure;
        }
        if (shared == null) {
            try {
                shared = start();
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
        return shared;
    }

    private static PostgresServer start() {
        String url = System.getProperty("guard.pg.url", System.getenv("GUARD_PG_URL"));
        if (url != null && !url.isBlank()) {
            return new PostgresServer(url, true);
        }
        String kind = System.getProperty("guard.test.postgres", "embedded");
        return switch (kind) {
            case "embedded" -> new PostgresServer(EmbeddedServer.start(), false);
            case "testcontainers" -> new PostgresServer(ContainerServer.start(), false);
            default ->
                throw new IllegalArgumentException("guard.test.postgres is not embedded or testcontainers: " + kind);
        };
    }

    /** 14, 15, …, for tests of what differs by version. */
    public int majorVersion() {
        return majorVersion;
    }

    /** Host to connect to. */
    public String host() {
        return target.getProperty("PGHOST", "localhost");
    }

    /** Port to connect to. */
    public int port() {
        return Integer.parseInt(target.getProperty("PGPORT", "5432"));
    }

    /** A new connection to the maintenance database, in autocommit; the caller closes it. */
    public Connection admin() throws SQLException {
        return DriverManager.getConnection(url(target.getProperty("PGDBNAME", "postgres")));
    }

    /** JDBC URL of a database on this server, complete with user and password. */
    public String url(String database) {
        return url(host() + ":" + port(), database);
    }

    /** The same by way of a {@link WireProxy}, or another address. */
    String url(String hostAndPort, String database) {
        String parameters = target.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("PG"))
                .sorted()
                .map(name -> name + "=" + encoded(target.getProperty(name)))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + hostAndPort + "/" + encoded(database) + "?" + parameters;
    }

    /** Whether the server outlives this JVM, so that what was created on it must be dropped. */
    boolean external() {
        return external;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

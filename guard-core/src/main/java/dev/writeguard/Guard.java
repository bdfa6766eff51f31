package dev.writeguard;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.event.GuardListener;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.plan.Messages;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Guard for one database: what its catalog says, and the operations that stand on it.
 *
 * <pre>{@code
 * Guard guard = Guard.of(connection);
 * ParentRule conversations = ParentRule.on(guard.graph(), "conversations").build();
 * guard.ensureParent(connection).ensure(conversations, conversations.key(id), values);
 * }</pre>
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class Guard {

    private static final int OLDEST_SUPPORTED_VERSION = 14;

    private final AtomicReference<SchemaGraph> graph;
    private final Function<ParentRule, GuardMode> modes;
    private final List<GuardListener> listeners;
    private final Messages messages = new Messages();

    private Guard(SchemaGraph graph, Function<ParentRule, GuardMode> modes, List<GuardListener> listeners) {
        this.graph = new AtomicReference<>(graph);
        this.modes = modes;
        this.listeners = List.copyOf(listeners);
    }

    /** A guard that enforces, without listeners. */
    public static Guard of(Connection connection) {
        return of(connection, rule -> GuardMode.ENFORCE, List.of());
    }

    /**
     * Asks the server for its version, and reads the catalog: seven queries in a read-only transaction, or in the
     * caller's.
     *
     * @param modes asked at each operation for the mode of its rule
     * @param listeners told of each operation, in this order
     * @throws GuardException {@code GRD-902} if the server is no PostgreSQL 14 or newer, {@code GRD-903} if its catalog
     *     cannot be read
     */
    public static Guard of(
            Connection connection, Function<ParentRule, GuardMode> modes, List<GuardListener> listeners) {
        return new Guard(read(connection), modes, listeners);
    }

    /** The catalog as last read. Rules compiled from an older one keep it. */
    public SchemaGraph graph() {
        return graph.get();
    }

    /**
     * Reads the catalog again and swaps the graph.
     *
     * @throws GuardException as {@link #of(Connection)}; the graph then stays as it is
     */
    public void refresh(Connection connection) {
        graph.set(read(connection));
    }

    /** The upsert on a connection of the caller's, which stays open. */
    public EnsureParent ensureParent(Connection connection) {
        return ensureParent(ConnectionSource.of(connection));
    }

    /** The upsert on connections that are asked for at each call. */
    public EnsureParent ensureParent(ConnectionSource connections) {
        return new EnsureParent(connections, modes, listeners, messages);
    }

    /**
     * The name of the database behind a connection, if it is not PostgreSQL. The driver calls PostgreSQL whatever
     * speaks its protocol, so {@code SELECT version()} asks the server; a connection of another driver is not asked.
     *
     * @return empty for PostgreSQL of any version
     * @throws SQLException if the query fails
     */
    public static Optional<String> otherProduct(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
            return Optional.of(product);
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.version()")) {
            row.next();
            return ServerProduct.otherThanPostgres(row.getString(1));
        }
    }

    private static SchemaGraph read(Connection connection) {
        try {
            Optional<String> other = otherProduct(connection);
            if (other.isPresent()) {
                throw unsupported("this is " + other.get() + ", not PostgreSQL.");
            }
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SUPPORTED_VERSION) {
                throw unsupported("this is PostgreSQL " + version + ".");
            }
            return SchemaGraph.read(connection);
        } catch (SQLException failure) {
            throw new GuardException(
                    new FailureReport(
                            FailureCode.CATALOG_UNREADABLE,
                            "read the catalog",
                            "a catalog query failed.",
                            null,
                            null,
                            failure.getSQLState(),
                            false),
                    failure);
        }
    }

    private static GuardException unsupported(String why) {
        return new GuardException(FailureReport.of(
                FailureCode.DATABASE_UNSUPPORTED, "read", TableName.of("pg_catalog", "pg_class"), why));
    }
}

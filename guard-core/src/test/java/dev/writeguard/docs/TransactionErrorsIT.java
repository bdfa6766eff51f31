package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.PostgresServer;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.testkit.WireProxy;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipes on the pages {@code GRD-7xx}: what became of the transaction and of the connection. */
@Schema(DocsSchema.SQL)
class TransactionErrorsIT {

    private final WireProxy proxy = WireProxy.to(PostgresServer.shared());
    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;
    private ParentRule conversations;
    private ParentRow one;
    private ParentRow two;

    @BeforeEach
    void compile(Database database) throws SQLException {
        connection = database.connect(proxy);
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        conversations = ParentRule.on(guard.graph(), "conversations").build();
        one = conversations.row(conversations.key(UUID.randomUUID()));
        two = conversations.row(conversations.key(UUID.randomUUID()));
    }

    @AfterEach
    void close(Database database) throws SQLException {
        proxy.close();
        database.execute("DROP FUNCTION IF EXISTS refuse CASCADE");
    }

    @Test
    void statementFailed(Database database) {
        assertShows(FailureCode.STATEMENT_FAILED, () -> {
            // tag::statementFailed[]
            database.execute("""
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'closed on Sundays'; END $$;
                    CREATE TRIGGER refuse BEFORE INSERT ON conversations EXECUTE FUNCTION refuse();
                    """);
            ensure.ensure(one);
            // end::statementFailed[]
        });
    }

    @Test
    void serializationFailure(Database database) {
        assertShows(FailureCode.SERIALIZATION_FAILURE, () -> {
            // tag::serializationFailure[]
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            execute("SELECT count(*) FROM conversations");
            guard.ensureParent(database.connect()).ensure(one);
            ensure.ensure(one);
            // end::serializationFailure[]
        });
    }

    @Test
    void deadlock(Database database) throws SQLException {
        Session first = database.session("first");
        Session second = database.session("second");
        first.run("SET deadlock_timeout = '1min'");
        second.run("SET deadlock_timeout = '10ms'");
        assertShows(FailureCode.DEADLOCK, () -> {
            // tag::deadlock[]
            first.begin(Isolation.RC);
            second.begin(Isolation.RC);
            first.run(() -> guard.ensureParent(first.connection()).ensure(one));
            second.run(() -> guard.ensureParent(second.connection()).ensure(two));
            Running<?> waiting =
                    first.start(() -> guard.ensureParent(first.connection()).ensure(two));
            waiting.awaitBlockedBy(second);
            second.run(() -> guard.ensureParent(second.connection()).ensure(one));
            // end::deadlock[]
        });
    }

    @Test
    void lockTimeout(Database database) {
        assertShows(FailureCode.LOCK_TIMEOUT, () -> {
            // tag::lockTimeout[]
            Connection other = database.connect();
            other.setAutoCommit(false);
            guard.ensureParent(other).ensure(one);
            execute("SET lock_timeout = '50ms'");
            ensure.ensure(one);
            // end::lockTimeout[]
        });
    }

    @Test
    void cancelled(Database database) {
        assertShows(FailureCode.CANCELLED, () -> {
            // tag::cancelled[]
            Connection other = database.connect();
            other.setAutoCommit(false);
            guard.ensureParent(other).ensure(one);
            execute("SET statement_timeout = '50ms'");
            ensure.ensure(one);
            // end::cancelled[]
        });
    }

    @Test
    void connectionLost(Database database) throws SQLException {
        assertShows(FailureCode.CONNECTION_LOST, () -> {
            // tag::connectionLost[]
            connection.setAutoCommit(false);
            proxy.cutBeforeReply(1);
            ensure.ensure(one);
            // end::connectionLost[]
        });
        assertThat(stored(database)).isZero();
    }

    @Test
    void outcomeUnknown(Database database) throws SQLException {
        assertShows(FailureCode.OUTCOME_UNKNOWN, () -> {
            // tag::outcomeUnknown[]
            connection.setAutoCommit(true);
            proxy.cutBeforeReply(1);
            ensure.ensure(one);
            // end::outcomeUnknown[]
        });
        assertThat(stored(database)).isEqualTo(1);
    }

    @Test
    void transactionAborted() {
        assertShows(FailureCode.TRANSACTION_ABORTED, () -> {
            // tag::transactionAborted[]
            connection.setAutoCommit(false);
            try {
                execute("INSERT INTO users VALUES (NULL, NULL)");
            } catch (SQLException duplicateOrSo) {
                ensure.ensure(one);
            }
            // end::transactionAborted[]
        });
    }

    @Test
    void connectionClosed() {
        assertShows(FailureCode.CONNECTION_CLOSED, () -> {
            // tag::connectionClosed[]
            connection.close();
            ensure.ensure(one);
            // end::connectionClosed[]
        });
    }

    @Test
    void readOnly() {
        assertShows(FailureCode.READ_ONLY, () -> {
            // tag::readOnly[]
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            ensure.ensure(one);
            // end::readOnly[]
        });
    }

    @Test
    void privilegeMissing() {
        assertShows(FailureCode.PRIVILEGE_MISSING, () -> {
            // tag::privilegeMissing[]
            execute("SET ROLE pg_read_all_data");
            ensure.ensure(one);
            // end::privilegeMissing[]
        });
    }

    @Test
    void stalePlan(Database database) throws SQLException {
        ParentRule contacts =
                ParentRule.on(guard.graph(), "contacts").key("email").build();
        ParentRow ann = contacts.row(contacts.key("ann@example.com"));
        assertShows(FailureCode.STALE_PLAN, () -> {
            // tag::stalePlan[]
            connection.setAutoCommit(false);
            for (int call = 1; call <= 6; call++) {
                // The driver prepares the statements on the server once they have been sent five times.
                ensure.ensure(ann);
                connection.commit();
            }
            database.execute("ALTER TABLE contacts ALTER id TYPE integer");
            ensure.ensure(ann);
            // end::stalePlan[]
        });
        connection.rollback();
        assertThat(ensure.ensure(ann)).isInstanceOf(EnsureOutcome.Existing.class);
        connection.commit();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long stored(Database database) throws SQLException {
        return database.queryLong(
                "SELECT count(*) FROM conversations WHERE id = ?", one.key().value(0));
    }

    private void assertShows(FailureCode code, ThrowingCallable recipe) {
        assertThat(ErrorPage.assertShows(getClass(), code, recipe).mayRetry()).isEqualTo(code.mayRetry());
    }
}

package dev.writeguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

@Schema("CREATE TABLE account(id int PRIMARY KEY, amount int NOT NULL)")
class SessionsIT {

    private Session one;
    private Session two;

    @BeforeEach
    void connect(Database database) throws SQLException {
        // Whatever the test before left running is gone, else this would wait for its locks.
        database.execute("TRUNCATE account; INSERT INTO account VALUES (1, 10), (2, 20)");
        one = database.session("one");
        two = database.session("two");
    }

    @Test
    void seesThatAStatementWaitsAndThatItGoesOn() throws SQLException {
        one.begin(Isolation.RC);
        assertThat(one.run("UPDATE account SET amount = 11 WHERE id = 1")).isEqualTo(1);
        Running<Long> update = two.start("UPDATE account SET amount = amount + 1 WHERE id = ?", 1);
        update.awaitBlocked().awaitBlockedBy(one);
        assertThat(update.isDone()).isFalse();
        one.commit();
        assertThat(update.result()).isEqualTo(1);
        assertThat(two.<Integer>run(() -> amount(two.connection(), 1))).isEqualTo(12);
    }

    @Test
    void failsAtOnceIfTheWorkEndsInsteadOfWaiting() {
        Running<Long> update = two.start("UPDATE account SET amount = 0");
        assertThatThrownBy(update::awaitBlocked)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("It ended instead")
                .hasMessageContaining("succeeded with 2");
    }

    @Test
    void throwsWhatTheWorkThrew() {
        assertThatThrownBy(() -> one.run("INSERT INTO account VALUES (1, 0)"))
                .isInstanceOf(PSQLException.class)
                .hasMessageContaining("account_pkey");
        Running<Long> insert = one.start("INSERT INTO account VALUES (1, 0)");
        assertThat(insert.sqlState()).isEqualTo("23505");
        assertThat(insert.failure()).isInstanceOf(PSQLException.class);
        assertThatThrownBy(insert::result).isInstanceOf(AssertionError.class).hasCause(insert.failure());
        assertThatThrownBy(() -> one.start("SELECT 1").failure()).isInstanceOf(AssertionError.class);
    }

    @Test
    void findsTheSqlStateBelowOtherExceptions() {
        Running<?> running = one.start(() -> {
            throw new IllegalStateException(new SQLException("lost", "40001"));
        });
        assertThat(running.sqlState()).isEqualTo("40001");
    }

    @Test
    void returnsTheCountOfTheLastStatementOfAMessage() throws SQLException {
        assertThat(one.run("DELETE FROM account WHERE id = 9; UPDATE account SET amount = 0"))
                .isEqualTo(2);
        assertThat(one.run("UPDATE account SET amount = 0; SELECT 1")).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void runsInTheIsolationAskedFor(Isolation isolation) throws SQLException {
        one.begin(isolation);
        int before = one.run(() -> amount(one.connection(), 1));
        two.run("UPDATE account SET amount = 99 WHERE id = 1");
        int after = one.run(() -> amount(one.connection(), 1));
        assertThat(after).isEqualTo(isolation == Isolation.RC ? 99 : before);
        one.rollback();
        assertThat(one.connection().getAutoCommit()).isTrue();
    }

    @Test
    void meetsASerializationFailure() throws SQLException {
        for (Session session : new Session[] {one, two}) {
            session.begin(Isolation.SER);
            session.run(() -> amount(session.connection(), 1) + amount(session.connection(), 2));
        }
        one.run("UPDATE account SET amount = 0 WHERE id = 1");
        two.run("UPDATE account SET amount = 0 WHERE id = 2");
        one.commit();
        assertThat(two.startCommit().sqlState()).isEqualTo("40001");
    }

    @Test
    void refusesASecondPieceOfWork() throws SQLException {
        one.begin(Isolation.RC);
        one.run("LOCK account");
        Running<Long> blocked = two.start("UPDATE account SET amount = 0").awaitBlocked();
        assertThatThrownBy(() -> two.start("SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("still busy");
        one.rollback();
        blocked.awaitDone();
        two.run("SELECT 1");
    }

    @Test
    void leavesABlockedSessionToTheEndOfTheTest() throws SQLException {
        one.begin(Isolation.RC);
        one.run("UPDATE account SET amount = 0");
        two.start("UPDATE account SET amount = 0").awaitBlocked();
    }

    @Test
    void dumpsTheLocksAtTheDeadline(Database database) throws SQLException {
        one.begin(Isolation.RC);
        one.run("UPDATE account SET amount = 0 WHERE id = 1");
        two.start("UPDATE account SET amount = 0 WHERE id = 1").awaitBlocked();
        Locks locks = new Locks(database);
        assertThatThrownBy(() -> Probe.await("never", Duration.ofMillis(5), () -> false, locks::dump))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Not within 5 ms: never")
                .hasMessageContaining("account")
                .hasMessageContaining("two " + two.pid() + " transactionid ShareLock WAITS");
    }

    private static int amount(Connection connection, int id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT amount FROM account WHERE id = " + id)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}

package dev.writeguard.spring.accepted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.accepted.AcceptedApplication.Counter;
import dev.writeguard.spring.accepted.AcceptedApplication.Label;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What a guarded write can still end with, made by real rivals: its type says whether another transaction helps. */
@Schema(AcceptedApplication.SCHEMA)
class BadLuckIT {

    private static DoorApplication application;

    private final Database database;

    BadLuckIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = AcceptedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE counters, visits, echoes, labels");
    }

    /** New parents one by one, in another order than a neighbour, which looks for deadlocks later. */
    @Test
    void callsADeadlockOneThatMayBeRetried() throws SQLException {
        Session other = database.session("other");
        other.run("SET deadlock_timeout = '1h'");
        other.begin(Isolation.RC);
        other.run("INSERT INTO counters VALUES (2, 'OPEN', 'rival')");
        List<Running<?>> rival = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> application.inTransaction(entities -> {
            entities.persist(new Label().at(new Counter(1)));
            rival.add(other.start("INSERT INTO counters VALUES (1, 'OPEN', 'rival')")
                    .awaitBlocked());
            entities.persist(new Label().at(new Counter(2)));
        }));
        rival.forEach(Running::awaitDone);
        other.commit();
        assertMayBeRetried(thrown, FailureCode.DEADLOCK);
        assertThat(database.queryLong("SELECT count(*) FROM labels")).isZero();
        assertThat(database.queryStrings("SELECT name FROM counters")).containsExactly("rival", "rival");
    }

    @Test
    void callsAParentThatTheSnapshotDoesNotSeeOneThatMayBeRetried() throws SQLException {
        var transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        EntityManager entities = application.bean(EntityManager.class);
        Throwable thrown = catchThrowable(() -> transaction.executeWithoutResult(status -> {
            entities.createQuery("from Counter", Counter.class).getResultList();
            insertByAnother();
            entities.persist(new Label().at(new Counter(1)));
        }));
        assertMayBeRetried(thrown, FailureCode.SERIALIZATION_FAILURE);
        transaction.executeWithoutResult(status -> entities.persist(new Label().at(new Counter(1))));
        assertThat(database.queryStrings("SELECT name FROM labels JOIN counters c ON c.id = counter_id"))
                .containsExactly("rival");
    }

    private void insertByAnother() {
        try {
            database.execute("INSERT INTO counters VALUES (1, 'OPEN', 'rival')");
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void assertMayBeRetried(Throwable thrown, FailureCode code) {
        assertThat(thrown).isInstanceOfSatisfying(GuardFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.mayRetry()).isTrue();
        });
    }
}

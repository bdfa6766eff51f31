package dev.writeguard.spring.accepted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.accepted.AcceptedApplication.Child;
import dev.writeguard.spring.accepted.AcceptedApplication.Counter;
import dev.writeguard.spring.accepted.AcceptedApplication.Echo;
import dev.writeguard.spring.accepted.AcceptedApplication.Label;
import dev.writeguard.spring.accepted.AcceptedApplication.State;
import dev.writeguard.spring.accepted.AcceptedApplication.Visit;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@code requireState}, {@code soft} and {@code template} of an association do. */
@Schema(AcceptedApplication.SCHEMA)
class AcceptedParentsIT {

    private static DoorApplication application;

    private final Database database;

    AcceptedParentsIT(Database database) {
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
        application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        database.execute("TRUNCATE counters, visits, echoes, labels");
        application.statements().clear();
    }

    private void store(State state) throws SQLException {
        database.execute("INSERT INTO counters VALUES (1, '" + state + "', 'stored')");
    }

    /** The ways to write, and to carry the parent. */
    enum Path {
        PERSIST {
            @Override
            void write(Child child, EntityManager entities) {
                entities.persist(child.at(new Counter(1)));
            }
        },
        PERSIST_REFERENCE {
            @Override
            void write(Child child, EntityManager entities) {
                entities.persist(child.at(entities.getReference(Counter.class, 1L)));
            }
        },
        PERSIST_MANAGED {
            @Override
            void write(Child child, EntityManager entities) {
                entities.persist(child.at(entities.find(Counter.class, 1L)));
            }
        },
        MERGE {
            @Override
            void write(Child child, EntityManager entities) {
                entities.merge(child.at(new Counter(1)));
            }
        },
        FLUSH {
            @Override
            void write(Child child, EntityManager entities) {
                entities.persist(child);
                entities.flush();
                child.at(new Counter(1));
                entities.flush();
            }
        };

        abstract void write(Child child, EntityManager entities);
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheChildOfAParentInAnotherState(Path path) throws SQLException {
        store(State.CLOSED);
        assertFails(FailureCode.PARENT_STATE, entities -> path.write(new Visit(), entities));
        assertThat(database.queryLong("SELECT count(*) FROM visits")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void writesTheChildOfAParentInThatState(Path path) throws SQLException {
        store(State.OPEN);
        application.inTransaction(entities -> path.write(new Visit(), entities));
        assertThat(database.queryStrings("SELECT state || name FROM visits JOIN counters c ON c.id = counter_id"))
                .containsExactly("OPENstored");
    }

    /** Nothing else would stop it. */
    @Test
    void writesTheChildOfAClosedParentWithTheDoorSwitchedOff() throws SQLException {
        store(State.CLOSED);
        application.bean(GuardModes.class).set(GuardMode.OFF);
        application.inTransaction(entities -> Path.PERSIST_REFERENCE.write(new Visit(), entities));
        assertThat(database.queryLong("SELECT count(*) FROM visits")).isEqualTo(1);
    }

    @Test
    void refusesToCreateAParentThatAcceptsNoChildren() throws SQLException {
        var closed = new Counter(1);
        closed.state = State.CLOSED;
        assertFails(FailureCode.CREATED_STATE, entities -> entities.persist(new Visit().at(closed)));
        assertThat(database.queryLong("SELECT count(*) FROM counters")).isZero();
    }

    /** What was read under the lock stays so until the child is committed; without the door it does not. */
    @ParameterizedTest
    @EnumSource(names = {"ENFORCE", "OFF"})
    void keepsATransitionWaiting(GuardMode mode) throws SQLException {
        store(State.OPEN);
        Session other = database.session("other");
        application.bean(GuardModes.class).set(mode);
        application.inTransaction(entities -> {
            entities.persist(new Visit().at(entities.getReference(Counter.class, 1L)));
            entities.flush();
            Running<?> close = other.start("UPDATE counters SET state = 'CLOSED'");
            if (mode == GuardMode.ENFORCE) {
                close.awaitBlocked();
            } else {
                close.awaitDone();
            }
        });
    }

    /** No foreign key does it. */
    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "PERSIST_REFERENCE", "MERGE", "FLUSH"})
    void writesTheParentOfASoftReferenceFirst(Path path) throws SQLException {
        application.inTransaction(entities -> path.write(new Echo(), entities));
        assertThat(database.queryLong("SELECT count(*) FROM echoes JOIN counters c ON c.id = counter_id"))
                .isEqualTo(1);
    }

    @Test
    void leavesAnOrphanBehindASoftReferenceWithTheDoorSwitchedOff() throws SQLException {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        application.inTransaction(entities -> Path.PERSIST_REFERENCE.write(new Echo(), entities));
        assertThat(database.queryLong("SELECT count(*) FROM echoes WHERE counter_id NOT IN (SELECT id FROM counters)"))
                .isEqualTo(1);
    }

    /** A lock that a savepoint has given back would not be missed by anything else. */
    @Test
    void locksASoftParentForEachChild() throws SQLException {
        store(State.OPEN);
        application.inTransaction(entities -> {
            Counter counter = entities.getReference(Counter.class, 1L);
            entities.persist(new Echo().at(counter));
            entities.persist(new Echo().at(counter));
        });
        assertThat(application.statements().statements())
                .containsExactly("lock counters", "lock counters", "insert echoes x2");
    }

    @Test
    void refusesASoftReferenceAboveReadCommitted() throws SQLException {
        store(State.OPEN);
        var transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        EntityManager entities = application.bean(EntityManager.class);
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(status -> Path.PERSIST_REFERENCE.write(new Echo(), entities)))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.SOFT_REFERENCE_ISOLATION));
        assertThat(database.queryLong("SELECT count(*) FROM echoes")).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "PERSIST_REFERENCE", "MERGE", "FLUSH"})
    void fillsANewParentFromItsChild(Path path) throws SQLException {
        application.inTransaction(entities -> path.write(new Label(), entities));
        assertThat(database.queryStrings("SELECT name FROM counters")).containsExactly("of the label");
    }

    @ParameterizedTest
    @EnumSource
    void fillsNoParentThatIsThere(Path path) throws SQLException {
        store(State.OPEN);
        application.inTransaction(entities -> path.write(new Label(), entities));
        assertThat(database.queryStrings("SELECT name FROM counters")).containsExactly("stored");
    }

    @Test
    void saysThatTheTemplateHasFailed() throws SQLException {
        var label = new Label();
        label.text = "";
        assertFails(FailureCode.TEMPLATE_FAILED, entities -> entities.persist(label.at(new Counter(1))));
        assertThat(database.queryLong("SELECT count(*) FROM counters")).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "MERGE", "FLUSH"})
    void throwsWhatACallbackThrowsAndWritesNothing(Path path) throws SQLException {
        var visit = new Visit();
        visit.unspeakable = true;
        assertThatThrownBy(() -> application.inTransaction(entities -> path.write(visit, entities)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the callback's own");
        assertThat(database.queryLong("SELECT count(*) FROM counters")).isZero();
        assertThat(database.queryLong("SELECT count(*) FROM visits")).isZero();
    }

    private static void assertFails(FailureCode code, Consumer<EntityManager> work) {
        assertThatThrownBy(() -> application.inTransaction(work))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}

package dev.writeguard.spring.accepted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.accepted.AcceptedApplication.Child;
import dev.writeguard.spring.accepted.AcceptedApplication.Counter;
import dev.writeguard.spring.accepted.AcceptedApplication.Echo;
import dev.writeguard.spring.accepted.AcceptedApplication.Echoes;
import dev.writeguard.spring.accepted.AcceptedApplication.Label;
import dev.writeguard.spring.accepted.AcceptedApplication.Labels;
import dev.writeguard.spring.accepted.AcceptedApplication.State;
import dev.writeguard.spring.accepted.AcceptedApplication.Visit;
import dev.writeguard.spring.accepted.AcceptedApplication.Visits;
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
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.jpa.repository.JpaRepository;
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
        },
        SAVE {
            @Override
            void write(Child child, EntityManager entities) {
                saveAll(List.of(child.at(new Counter(1))), (repository, all) -> repository.save(all.get(0)));
            }
        },
        SAVE_REFERENCE {
            @Override
            void write(Child child, EntityManager entities) {
                saveAll(
                        List.of(child.at(entities.getReference(Counter.class, 1L))),
                        (repository, all) -> repository.save(all.get(0)));
            }
        },
        SAVE_ALL {
            @Override
            void write(Child child, EntityManager entities) {
                saveAll(List.of(child.at(new Counter(1))), JpaRepository::saveAll);
            }
        };

        abstract void write(Child child, EntityManager entities);

        /** By the guarded repository of that entity. */
        @SuppressWarnings("unchecked") // the domain type is that of the child
        private static void saveAll(List<Child> children, BiConsumer<JpaRepository<Child, UUID>, List<Child>> save) {
            Class<? extends JpaRepository<? extends Child, UUID>> type = children.get(0) instanceof Visit
                    ? Visits.class
                    : children.get(0) instanceof Echo ? Echoes.class : Labels.class;
            save.accept((JpaRepository<Child, UUID>) application.bean(type), children);
        }
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
    @ParameterizedTest
    @EnumSource(names = {"PERSIST_REFERENCE", "SAVE_REFERENCE"})
    void writesTheChildOfAClosedParentWithTheDoorSwitchedOff(Path path) throws SQLException {
        store(State.CLOSED);
        application.bean(GuardModes.class).set(GuardMode.OFF);
        application.inTransaction(entities -> path.write(new Visit(), entities));
        assertThat(database.queryLong("SELECT count(*) FROM visits")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "MERGE", "FLUSH", "SAVE", "SAVE_ALL"})
    void refusesToCreateAParentThatAcceptsNoChildren(Path path) throws SQLException {
        var visit = new Visit();
        visit.bringsAClosedOne = true;
        assertFails(FailureCode.CREATED_STATE, entities -> path.write(visit, entities));
        assertThat(database.queryLong("SELECT count(*) FROM counters")).isZero();
        assertThat(database.queryLong("SELECT count(*) FROM visits")).isZero();
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
    @EnumSource(names = {"PERSIST", "PERSIST_REFERENCE", "MERGE", "FLUSH", "SAVE", "SAVE_REFERENCE", "SAVE_ALL"})
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

    @ParameterizedTest
    @EnumSource(names = {"PERSIST_REFERENCE", "SAVE", "SAVE_REFERENCE", "SAVE_ALL"})
    void refusesASoftReferenceAboveReadCommitted(Path path) throws SQLException {
        store(State.OPEN);
        var transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        EntityManager entities = application.bean(EntityManager.class);
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> path.write(new Echo(), entities)))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.SOFT_REFERENCE_ISOLATION));
        assertThat(database.queryLong("SELECT count(*) FROM echoes")).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "PERSIST_REFERENCE", "MERGE", "FLUSH", "SAVE", "SAVE_REFERENCE", "SAVE_ALL"})
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

    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "PERSIST_REFERENCE", "MERGE", "FLUSH", "SAVE", "SAVE_REFERENCE", "SAVE_ALL"})
    void saysThatTheTemplateHasFailed(Path path) throws SQLException {
        var label = new Label();
        label.text = "";
        assertFails(FailureCode.TEMPLATE_FAILED, entities -> path.write(label, entities));
        assertThat(database.queryLong("SELECT count(*) FROM labels")).isZero();
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

    /** As Spring translates what any repository throws. */
    @ParameterizedTest
    @EnumSource(names = {"SAVE", "SAVE_ALL"})
    void throwsWhatSpringMakesOfWhatACallbackThrows(Path path) throws SQLException {
        var visit = new Visit();
        visit.unspeakable = true;
        assertThatThrownBy(() -> application.inTransaction(entities -> path.write(visit, entities)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessage("the callback's own")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(database.queryLong("SELECT count(*) FROM counters")).isZero();
        assertThat(database.queryLong("SELECT count(*) FROM visits")).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "MERGE", "FLUSH", "SAVE", "SAVE_ALL"})
    void saysThatANewParentLacksAValue(Path path) throws SQLException {
        var visit = new Visit();
        visit.bringsANamelessOne = true;
        assertFails(FailureCode.VALUES_MISSING, entities -> path.write(visit, entities));
        assertThat(database.queryLong("SELECT count(*) FROM counters")).isZero();
        assertThat(database.queryLong("SELECT count(*) FROM visits")).isZero();
    }

    /** If it is there, nothing is wrong. */
    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "MERGE", "FLUSH", "SAVE", "SAVE_ALL"})
    void acceptsAnInstanceThatLacksAValueOfAParentThatIsThere(Path path) throws SQLException {
        store(State.OPEN);
        var visit = new Visit();
        visit.bringsANamelessOne = true;
        application.inTransaction(entities -> path.write(visit, entities));
        assertThat(database.queryStrings("SELECT name FROM visits JOIN counters c ON c.id = counter_id"))
                .containsExactly("stored");
    }

    private static void assertFails(FailureCode code, Consumer<EntityManager> work) {
        assertThatThrownBy(() -> application.inTransaction(work))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}

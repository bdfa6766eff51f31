package dev.writeguard.spring.calledback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.calledback.CalledBackApplication.Bell;
import dev.writeguard.spring.calledback.CalledBackApplication.Bells;
import dev.writeguard.spring.calledback.CalledBackApplication.Foundry;
import dev.writeguard.spring.calledback.CalledBackApplication.Moment;
import dev.writeguard.spring.calledback.CalledBackApplication.Tower;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A callback of a new parent throws an exception: it is the same one, and nothing is stored. */
@Schema("")
class FailingCallbacksIT {

    private static DoorApplication application;

    private final Database database;

    FailingCallbacksIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = CalledBackApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE tower, bell, foundry CASCADE; INSERT INTO foundry VALUES (9)");
    }

    /** The ways to write a bell. */
    enum Path {
        PERSIST {
            @Override
            void write(Bell bell, EntityManager entities) {
                entities.persist(bell);
            }
        },
        MERGE {
            @Override
            void write(Bell bell, EntityManager entities) {
                entities.merge(bell);
            }
        },
        CASCADE {
            @Override
            void write(Bell bell, EntityManager entities) {
                entities.find(Foundry.class, 9L).bells.add(bell);
                entities.flush();
            }
        },
        FLUSH {
            @Override
            void write(Bell bell, EntityManager entities) {
                Tower tower = bell.tower;
                bell.tower = null;
                entities.persist(bell);
                entities.flush();
                bell.tower = tower;
                entities.flush();
            }
        },
        SAVE {
            @Override
            void write(Bell bell, EntityManager entities) {
                application.bean(Bells.class).save(bell);
            }
        },
        SAVE_ALL {
            @Override
            void write(Bell bell, EntityManager entities) {
                application.bean(Bells.class).saveAll(List.of(new Bell(new Tower("other", Moment.NEVER)), bell));
            }
        };

        abstract void write(Bell bell, EntityManager entities);

        boolean isOfARepository() {
            return this == SAVE || this == SAVE_ALL;
        }
    }

    static Stream<Arguments> cells() {
        return failing().flatMap(moment -> Arrays.stream(Path.values()).map(path -> Arguments.of(moment, path)));
    }

    static Stream<Arguments> cellsOfRepositories() {
        return failing().flatMap(moment -> Stream.of(Path.SAVE, Path.SAVE_ALL).map(path -> Arguments.of(moment, path)));
    }

    static Stream<Moment> failing() {
        return Arrays.stream(Moment.values()).filter(moment -> moment != Moment.NEVER);
    }

    /** What Spring makes of it in a repository is what it makes of any. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void throwsTheCallbacksOwnAndStoresNothing(Moment moment, Path path) throws SQLException {
        var tower = new Tower("t", moment);
        var bell = new Bell(tower);
        bell.former = new Tower("former", Moment.NEVER);
        Throwable thrown = catchThrowable(() -> application.inTransaction(entities -> path.write(bell, entities)));
        assertIsTheCallbacksOwn(thrown, path);
        assertNothingIsStored();
        assertThat(bell.tower).isSameAs(tower);
        assertThat(bell.former).isNotNull();
    }

    private static void assertIsTheCallbacksOwn(@Nullable Throwable thrown, Path path) {
        assertThat(thrown).hasMessage("the callback's own");
        assertThat(path.isOfARepository() ? thrown.getCause() : thrown)
                .isExactlyInstanceOf(IllegalStateException.class);
    }

    private void assertNothingIsStored() throws SQLException {
        assertThat(database.queryLong("SELECT (SELECT count(*) FROM tower) + (SELECT count(*) FROM bell)"))
                .isZero();
    }

    /** In a transaction of the repository's own. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cellsOfRepositories")
    void storesNothingInATransactionOfTheRepositorysOwn(Moment moment, Path path) throws SQLException {
        var bell = new Bell(new Tower("t", moment));
        Throwable thrown = catchThrowable(() -> path.write(bell, application.bean(EntityManager.class)));
        assertIsTheCallbacksOwn(thrown, path);
        assertNothingIsStored();
        assertThat(bell.id).isNull();
        assertThat(bell.tower).isNotNull();
        assertThat(bell.tower.id).isNull();
        bell.tower.failing = Moment.NEVER;
        application.bean(Bells.class).save(bell);
        assertThat(database.queryStrings("SELECT name FROM bell JOIN tower t ON t.id = tower_id"))
                .containsExactly("t");
    }

    /** With the same instances, once the callback has no more reason to fail. */
    @ParameterizedTest
    @MethodSource("failing")
    void canBePersistedAgain(Moment moment) throws SQLException {
        var bell = new Bell(new Tower("t", moment));
        Throwable thrown = catchThrowable(() -> application.inTransaction(entities -> entities.persist(bell)));
        assertIsTheCallbacksOwn(thrown, Path.PERSIST);
        assertThat(bell.id).isNull();
        assertThat(bell.tower).isNotNull();
        bell.tower.failing = Moment.NEVER;
        application.inTransaction(entities -> entities.persist(bell));
        assertThat(database.queryStrings("SELECT name FROM bell JOIN tower t ON t.id = tower_id"))
                .containsExactly("t");
    }

    /** The caller goes on as if nothing had happened; plain persist is compared with. */
    @ParameterizedTest
    @MethodSource("failing")
    void commitsNoMoreThanAfterAPlainPersist(Moment moment) throws SQLException {
        String plainly = committed(entities -> {
            entities.persist(new Tower("t", moment));
            entities.flush();
        });
        empty();
        String guarded = committed(entities -> entities.persist(new Bell(new Tower("t", moment))));
        assertThat(guarded).isEqualTo(plainly);
    }

    private String committed(Consumer<EntityManager> write) throws SQLException {
        Throwable thrown = catchThrowable(() -> application.inTransaction(
                entities -> assertIsTheCallbacksOwn(catchThrowable(() -> write.accept(entities)), Path.PERSIST)));
        return (thrown == null ? "committed" : thrown.getClass().getSimpleName()) + ", towers: "
                + database.queryLong("SELECT count(*) FROM tower") + ", bells: "
                + database.queryLong("SELECT count(*) FROM bell");
    }

    @Test
    void callsEachCallbackOnceInTheOrderOfPersist() {
        var plain = new Tower("plain", Moment.NEVER);
        application.inTransaction(entities -> entities.persist(plain));
        var ensured = new Tower("ensured", Moment.NEVER);
        application.inTransaction(entities -> entities.persist(new Bell(ensured)));
        assertThat(ensured.called).isEqualTo(plain.called).hasSize(4);
    }

    /** Nobody calls what comes after the INSERT of a row that is not inserted. */
    @ParameterizedTest
    @EnumSource(names = {"AFTER", "AFTER_IN_A_LISTENER"})
    void doesNotFailAfterTheInsertOfARowThatIsThere(Moment moment) throws SQLException {
        database.execute("INSERT INTO tower (id, name) VALUES (-1, 't')");
        application.inTransaction(entities -> entities.persist(new Bell(new Tower("t", moment))));
        assertThat(database.queryStrings("SELECT tower_id::text FROM bell")).containsExactly("-1");
    }
}

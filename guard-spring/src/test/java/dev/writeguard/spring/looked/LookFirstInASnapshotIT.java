package dev.writeguard.spring.looked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.looked.LookedApplication.Hall;
import dev.writeguard.spring.looked.LookedApplication.Label;
import dev.writeguard.spring.looked.LookedApplication.Seat;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Several parents that are looked for in a snapshot, while a rival creates one of them. */
@Schema("")
class LookFirstInASnapshotIT {

    private static DoorApplication application;

    private final Database database;

    LookFirstInASnapshotIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = LookedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE seat, hall, label CASCADE; INSERT INTO hall VALUES (1, 'stored')");
        application.statements().clear();
    }

    /** What the rival creates of that which the seats refer to. */
    enum Rival {
        FIRST_HALL("INSERT INTO hall VALUES (2, 'of the rival')"),
        LAST_HALL("INSERT INTO hall VALUES (3, 'of the rival')"),
        LABEL("INSERT INTO label (id, word) VALUES (-7, 'red')"),
        ALL("INSERT INTO hall VALUES (2, 'of the rival'), (3, 'of the rival');"
                + " INSERT INTO label (id, word) VALUES (-7, 'red')");

        private final String sql;

        Rival(String sql) {
            this.sql = sql;
        }

        List<String> rows() {
            return Stream.of(
                            "1 stored",
                            "2 " + (this == FIRST_HALL || this == ALL ? "of the rival" : "given"),
                            "3 " + (this == LAST_HALL || this == ALL ? "of the rival" : "given"))
                    .toList();
        }
    }

    /** Two halls and a label, of which one hall is there. */
    private static List<Seat> seats() {
        var one = new Seat(1);
        one.hall = new Hall(2, "given");
        one.label = new Label("red");
        var two = new Seat(2);
        two.hall = new Hall(3, "given");
        two.other = new Label("red");
        var three = new Seat(3);
        three.hall = new Hall(1, "given");
        three.label = new Label("red");
        return List.of(one, two, three);
    }

    static Stream<Arguments> cells() {
        return Stream.of(TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE)
                .flatMap(isolation -> Stream.of(Rival.values()).map(rival -> Arguments.of(isolation, rival)));
    }

    private void assertAllAreStored(Rival rival) throws SQLException {
        assertThat(database.queryStrings("SELECT id || ' ' || name FROM hall ORDER BY id"))
                .isEqualTo(rival.rows());
        assertThat(database.queryStrings("SELECT word FROM label")).containsExactly("red");
        assertThat(
                        database.queryStrings(
                                "SELECT concat_ws(' ', id, hall_id, coalesce(label_id, other_id) IS NOT NULL) FROM seat ORDER BY id"))
                .containsExactly("1 2 t", "2 3 t", "3 1 t");
    }

    /** The snapshot is older than what the rival has committed. */
    @ParameterizedTest(name = "isolation {0}, {1}")
    @MethodSource("cells")
    void saysThatTheTransactionMayBeRunAgain(int isolation, Rival rival) throws SQLException {
        var transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
        transaction.setIsolationLevel(isolation);
        EntityManager entities = application.bean(EntityManager.class);
        Throwable thrown = catchThrowable(() -> transaction.executeWithoutResult(status -> {
            assertThat(entities.createQuery("from Seat", Seat.class).getResultList())
                    .isEmpty();
            execute(rival.sql);
            seats().forEach(entities::persist);
        }));
        assertThat(thrown).isInstanceOfSatisfying(GuardFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.SERIALIZATION_FAILURE);
            assertThat(failure.mayRetry()).isTrue();
        });
        assertThat(database.queryLong("SELECT count(*) FROM seat")).isZero();
        transaction.executeWithoutResult(status -> seats().forEach(entities::persist));
        assertAllAreStored(rival);
    }

    /** In a transaction that is not committed yet. */
    private Session writing(Rival rival) throws SQLException {
        Session other = database.session("other");
        other.begin(Isolation.RC);
        for (String statement : rival.sql.split("; ")) {
            other.run(statement);
        }
        return other;
    }

    private void execute(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The look finds nothing, the INSERT waits for the rival, and the method is run again. */
    @ParameterizedTest
    @EnumSource
    void isRunAgainByAGuardedRepository(Rival rival) throws SQLException {
        Session other = writing(rival);
        CompletableFuture<Void> saved = CompletableFuture.runAsync(
                () -> application.bean(SeatRepository.class).saveAll(seats()));
        other.awaitBlocking();
        other.commit();
        saved.join();
        assertThat(application.statements().statements())
                .filteredOn(sent -> sent.equals("lock hall"))
                .hasSizeGreaterThanOrEqualTo(2);
        assertAllAreStored(rival);
    }

    @ParameterizedTest
    @EnumSource(names = {"FIRST_HALL", "LABEL"})
    void isRunAgainForOneSeat(Rival rival) throws SQLException {
        Session other = writing(rival);
        CompletableFuture<Void> saved = CompletableFuture.runAsync(
                () -> application.bean(SeatRepository.class).save(seats().get(0)));
        other.awaitBlocking();
        other.commit();
        saved.join();
        assertThat(database.queryStrings("SELECT h.name || ' ' || word FROM seat s JOIN hall h ON h.id = hall_id"
                        + " JOIN label l ON l.id = label_id"))
                .containsExactly((rival == Rival.FIRST_HALL ? "of the rival" : "given") + " red");
    }

    /** By hand the same race ends with the key of the hall. */
    @ParameterizedTest
    @EnumSource(names = {"FIRST_HALL"})
    void endsWithTheKeyIfTheHallIsPersistedByHand(Rival rival) throws SQLException {
        Session other = writing(rival);
        CompletableFuture<Throwable> persisted =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> application.inTransaction(entities -> {
                    assertThat(entities.find(Hall.class, 2L)).isNull();
                    entities.persist(new Hall(2, "given"));
                })));
        other.awaitBlocking();
        other.commit();
        assertThat(persisted.join()).hasStackTraceContaining("hall_pkey");
    }
}

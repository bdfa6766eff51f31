package dev.writeguard.spring.stateless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.stateless.Foyer.Actor;
import dev.writeguard.spring.stateless.Foyer.Echo;
import dev.writeguard.spring.stateless.Foyer.OpenStage;
import dev.writeguard.spring.stateless.Foyer.Poster;
import dev.writeguard.spring.stateless.Foyer.Seat;
import dev.writeguard.spring.stateless.Foyer.SeatId;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules with something of their own, modes, and deletes, where a stateless session writes. */
@Schema("")
class StatelessRulesIT {

    private static DoorApplication application;

    private final Database database;
    private final UUID id = UUID.randomUUID();

    StatelessRulesIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = StatelessApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE cities, halls, chairs, seats, echoes, posters, stages, open_stages, actors CASCADE");
        application.bean(Observations.class).take();
        application.statements().clear();
    }

    private void store() throws SQLException {
        database.execute("INSERT INTO halls (id, title, owner_id, version, created_at) VALUES ('" + id
                + "', 'stored', 7, 3, now())");
    }

    private static List<String> sent() {
        return application.statements().statements();
    }

    static Stream<Arguments> presentOrAbsent() {
        return Stream.of(Transaction.values())
                .flatMap(transaction -> Stream.of(true, false).map(present -> Arguments.of(transaction, present)));
    }

    @ParameterizedTest(name = "{0} transaction, present: {1}")
    @MethodSource("presentOrAbsent")
    void ensuresAReferenceInAnEmbeddedId(Transaction transaction, boolean present) throws SQLException {
        if (present) {
            store();
        }
        Seat seat = seatIn(reference());
        transaction.run(application, session -> {
            session.insert(seat);
            seat.colour = "blue";
            session.update(seat);
            seat.colour = "green";
            session.upsert(seat);
        });
        assertThat(sent())
                .filteredOn(each -> each.matches("(ensure|lock|insert|update) .*"))
                .startsWith(
                        present
                                ? new String[] {"lock halls", "insert seats"}
                                : new String[] {"lock halls", "ensure halls", "insert seats"});
        assertThat(seats()).containsExactly("green " + (present ? "stored" : "untitled"));
    }

    @ParameterizedTest
    @EnumSource
    void createsANewInstanceInAnEmbeddedId(Transaction transaction) throws SQLException {
        transaction.run(application, session -> session.insert(seatIn(new Hall(id, "given"))));
        assertThat(sent()).containsExactly("ensure halls", "insert seats");
        assertThat(seats()).containsExactly("red given");
    }

    /** Hibernate has read the id before the door is asked, and by its version the instance is unsaved. */
    @ParameterizedTest
    @EnumSource
    void leavesToHibernateANewInstanceInAnEmbeddedIdWhoseRowIsThere(Transaction transaction) throws SQLException {
        store();
        assertThatThrownBy(() -> transaction.run(application, session -> session.insert(seatIn(new Hall(id, "given")))))
                .hasStackTraceContaining("TransientObjectException");
        assertThat(seats()).isEmpty();
    }

    private static Seat seatIn(Hall hall) {
        var seat = new Seat();
        seat.id = new SeatId(hall, 5);
        return seat;
    }

    private Hall reference() {
        return application.bean(SessionFactory.class).fromSession(session -> session.getReference(Hall.class, id));
    }

    private List<String> seats() throws SQLException {
        return database.queryStrings("SELECT colour || ' ' || title FROM seats s JOIN halls h ON h.id = s.hall_id");
    }

    /** Nothing else would notice that a lock is gone, so each row asks. */
    @ParameterizedTest
    @EnumSource
    void locksASoftParentForEachChild(Transaction transaction) throws SQLException {
        transaction.run(application, session -> {
            session.insert(new Echo(1, new Hall(id, "given")));
            session.insert(new Echo(2, new Hall(id, "given")));
        });
        assertThat(sent())
                .filteredOn(each -> !each.startsWith("select"))
                .containsExactly("ensure halls", "insert echoes", "ensure halls", "insert echoes");
        assertThat(database.queryStrings("SELECT title FROM echoes e JOIN halls h ON h.id = e.hall_id"))
                .containsExactly("given", "given");
    }

    /** The control: without the door it is an orphan, and nobody says so. */
    @ParameterizedTest
    @EnumSource
    void leavesAnOrphanWithTheDoorSwitchedOff(Transaction transaction) throws SQLException {
        Hall reference =
                application.bean(SessionFactory.class).fromSession(session -> session.getReference(Hall.class, id));
        in(GuardMode.OFF, () -> transaction.run(application, session -> session.insert(new Echo(1, reference))));
        assertThat(database.queryLong("SELECT count(*) FROM echoes")).isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM halls")).isZero();
        transaction.run(application, session -> session.insert(new Echo(2, reference)));
        assertThat(database.queryLong("SELECT count(*) FROM halls")).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} transaction, present: {1}")
    @MethodSource("presentOrAbsent")
    void fillsANewParentByItsTemplate(Transaction transaction, boolean present) throws SQLException {
        if (present) {
            store();
        }
        transaction.run(application, session -> {
            var poster = new Poster();
            poster.text = "of the poster";
            poster.hall = new Hall(id, "given");
            session.insert(poster);
        });
        assertThat(database.queryStrings("SELECT title FROM posters p JOIN halls h ON h.id = p.hall_id"))
                .containsExactly(present ? "stored" : "of the poster");
    }

    @ParameterizedTest
    @EnumSource
    void fillsABlankParentByItsTemplate(Transaction transaction) throws SQLException {
        var poster = new Poster();
        poster.text = "of the poster";
        poster.hall =
                application.bean(SessionFactory.class).fromSession(session -> session.getReference(Hall.class, id));
        transaction.run(application, session -> session.insert(poster));
        assertThat(database.queryStrings("SELECT title FROM halls")).containsExactly("of the poster");
    }

    @ParameterizedTest(name = "{0} transaction, present: {1}")
    @MethodSource("presentOrAbsent")
    void writesAllTablesOfAJoinedParent(Transaction transaction, boolean present) throws SQLException {
        if (present) {
            database.execute(
                    "INSERT INTO stages VALUES (1, 'stored'); INSERT INTO open_stages (id, lawns) VALUES (1, 9)");
        }
        transaction.run(application, session -> {
            var actor = new Actor();
            actor.stage = new OpenStage();
            session.insert(actor);
        });
        assertThat(database.queryStrings("SELECT name || lawns FROM actors a JOIN stages s ON s.id = a.stage_id"
                        + " JOIN open_stages o ON o.id = s.id"))
                .containsExactly(present ? "stored9" : "stage2");
    }

    /** The ways to write children of a hall, and how many of them they write. */
    enum Write {
        INSERT(1) {
            @Override
            void write(Hall hall, StatelessSession session) {
                session.insert(new Chair(1, hall));
            }
        },
        INSERT_MULTIPLE(2) {
            @Override
            void write(Hall hall, StatelessSession session) {
                session.insertMultiple(List.of(new Chair(1, hall), new Chair(2, hall)));
            }
        },
        UPDATE(1) {
            @Override
            void write(Hall hall, StatelessSession session) {
                session.insert(new Chair(1, null));
                session.update(new Chair(1, hall));
            }
        },
        UPSERT(1) {
            @Override
            void write(Hall hall, StatelessSession session) {
                session.upsert(new Chair(1, hall));
            }
        };

        private final int children;

        Write(int children) {
            this.children = children;
        }

        abstract void write(Hall hall, StatelessSession session);
    }

    static Stream<Arguments> writes() {
        return Stream.of(Transaction.values())
                .flatMap(transaction -> Stream.of(Write.values()).map(write -> Arguments.of(transaction, write)));
    }

    @ParameterizedTest(name = "{0} transaction, {1}")
    @MethodSource("writes")
    void countsAndSendsNothingOfItsOwnWhenObserved(Transaction transaction, Write write) throws SQLException {
        store();
        List<String> without = statementsIn(GuardMode.OFF, transaction, write);
        assertThat(application.bean(Observations.class).take()).isEmpty();
        database.execute("TRUNCATE chairs");
        assertThat(statementsIn(GuardMode.OBSERVE, transaction, write))
                .isEqualTo(without)
                .isNotEmpty()
                .noneMatch(each -> each.matches("(ensure|lock) .*"));
        assertThat(application.bean(Observations.class).take())
                .hasSize(write.children)
                .containsOnly("ensure public.halls 1");
    }

    private List<String> statementsIn(GuardMode mode, Transaction transaction, Write write) {
        var hall = new Hall(id, "given");
        hall.version = 3;
        application.statements().clear();
        in(mode, () -> transaction.run(application, session -> write.write(hall, session)));
        return sent();
    }

    private static void in(GuardMode mode, Runnable work) {
        application.bean(GuardModes.class).set(mode);
        try {
            work.run();
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
    }

    /** What is given to the child is created again, as by an insert of its own. */
    @ParameterizedTest
    @EnumSource
    void createsAParentAgainThatItHasDeleted(Transaction transaction) throws SQLException {
        store();
        Hall hall = stored();
        transaction.run(application, session -> {
            session.delete(hall);
            session.insert(new Chair(1, hall));
        });
        assertThat(sent()).containsSubsequence("delete halls", "ensure halls", "insert chairs");
        assertThat(halls()).containsExactly("stored3");
    }

    /** What the transaction holds, it no longer holds when it has deleted it. */
    @ParameterizedTest
    @EnumSource
    void asksAgainAfterADelete(Transaction transaction) throws SQLException {
        store();
        Hall hall = stored();
        transaction.run(application, session -> {
            var chair = new Chair(1, hall);
            session.insert(chair);
            session.delete(chair);
            session.delete(hall);
            session.insert(new Chair(2, hall));
        });
        assertThat(halls()).containsExactly("stored3");
    }

    /** The DELETE waits in a batch when the child comes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsADeleteThatWaitsInTheBatchBeforeItAsks(boolean heldBefore) throws SQLException {
        store();
        Hall hall = stored();
        Transaction.OWN.run(application, session -> {
            if (heldBefore) {
                var chair = new Chair(1, hall);
                session.insert(chair);
                session.delete(chair);
            }
            session.setJdbcBatchSize(10);
            session.delete(hall);
            session.insert(new Chair(2, hall));
        });
        assertThat(halls()).containsExactly("stored3");
    }

    /** The control: without the door the child refers to what is gone. */
    @ParameterizedTest
    @EnumSource
    void failsAfterADeleteWithTheDoorSwitchedOff(Transaction transaction) throws SQLException {
        store();
        Hall hall = stored();
        Consumer<StatelessSession> work = session -> {
            session.delete(hall);
            session.insert(new Chair(1, hall));
        };
        in(
                GuardMode.OFF,
                () -> assertThatThrownBy(() -> transaction.run(application, work))
                        .rootCause()
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                failure -> assertThat(failure.getSQLState()).isEqualTo("23503")));
    }

    private Hall stored() {
        Hall hall = application.bean(SessionFactory.class).fromSession(session -> session.find(Hall.class, id));
        application.statements().clear();
        return hall;
    }

    private List<String> halls() throws SQLException {
        return database.queryStrings("SELECT title || version FROM halls h JOIN chairs c ON c.hall_id = h.id");
    }

    @Test
    void hasARuleForEachOfThem() {
        assertThat(application.bean(GuardModel.class).associations())
                .containsKeys("Seat.id.hall", "Echo.hall", "Poster.hall", "Actor.stage");
    }
}

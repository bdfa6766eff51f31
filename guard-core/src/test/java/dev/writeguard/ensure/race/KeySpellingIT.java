package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two rules that spell one composite key in opposite orders take their locks in one order. The three keys (1, 3), (2, 2), (3, 1) sort
 * one way by {@code a, b} and the other way by {@code b, a}; a third session holds the one in the middle until both bulks are under
 * way.
 */
@Schema("""
        CREATE TABLE seats (a int, b int, version int, PRIMARY KEY (a, b));
        CREATE TABLE halls (id int PRIMARY KEY);
        CREATE TABLE places (hall int REFERENCES halls, a int, b int, UNIQUE (b, a));
        """)
class KeySpellingIT {

    private Database database;
    private Guard guard;

    @BeforeEach
    void start(Database database) throws SQLException {
        this.database = database;
        database.execute("TRUNCATE seats, places, halls; INSERT INTO halls VALUES (1)");
        guard = Guard.of(database.connect());
    }

    @Test
    void parentsDoNotDeadlock() throws SQLException {
        Outcomes outcomes = race("INSERT INTO seats VALUES (2, 2)", this::seats);
        assertThat(outcomes.first()).isEqualTo("[created, created, created]");
        assertThat(outcomes.second()).isEqualTo("[existing, existing, existing]");
    }

    @Test
    void parentsThatAreThereDoNotDeadlock() throws SQLException {
        database.execute("INSERT INTO seats VALUES (1, 3), (2, 2), (3, 1)");
        Outcomes outcomes = race("SELECT FROM seats WHERE a = 2 FOR UPDATE", this::touchedSeats);
        assertThat(outcomes.first()).isEqualTo("[existing, existing, existing]");
        assertThat(outcomes.second()).isEqualTo("[existing, existing, existing]");
    }

    @Test
    void childrenThatMayBeSentTwiceDoNotDeadlock() throws SQLException {
        Outcomes outcomes = race("INSERT INTO places VALUES (1, 2, 2)", this::places);
        assertThat(outcomes.first()).isEqualTo("[inserted, inserted, inserted]");
        assertThat(outcomes.second()).isEqualTo("[duplicate, duplicate, duplicate]");
    }

    /** What the spelling would do if it were the order. */
    @Test
    @Tag(InterleavingCount.CONTROL)
    void sortedAsSpelledTheyDeadlock() throws SQLException {
        String insert = "INSERT INTO seats SELECT * FROM (VALUES (1, 3), (2, 2), (3, 1)) v(a, b) ORDER BY %s"
                + " ON CONFLICT (a, b) DO NOTHING";
        Outcomes outcomes = race(
                "INSERT INTO seats VALUES (2, 2)",
                (connection, columns) -> rows(connection, insert.formatted(String.join(", ", columns))));
        assertThat(List.of(outcomes.first(), outcomes.second())).containsExactlyInAnyOrder("3", "40P01");
    }

    private record Outcomes(String first, String second) {}

    /** What both do, each with its own spelling of the key. */
    private interface Step {
        String on(Connection connection, String... columns) throws SQLException;
    }

    private Outcomes race(String heldByThird, Step step) throws SQLException {
        Session third = database.session("third");
        third.run(() -> third.connection().setAutoCommit(false));
        third.run(heldByThird);
        Session first = database.session("first");
        Session second = database.session("second");
        Running<String> ofFirst = first.start(ended(first, step, "a", "b")).awaitBlockedBy(third);
        Running<String> ofSecond = second.start(ended(second, step, "b", "a")).awaitBlocked();
        third.rollback();
        return new Outcomes(ofFirst.result(), ofSecond.result());
    }

    /** Its result, or the SQLSTATE of its failure. */
    private static Callable<String> ended(Session session, Step step, String... columns) {
        return () -> {
            try {
                return step.on(session.connection(), columns);
            } catch (SQLException failure) {
                return String.valueOf(failure.getSQLState());
            }
        };
    }

    private String seats(Connection connection, String... key) {
        return seats(connection, ParentRule.on(guard.graph(), "seats").key(key).build());
    }

    private String touchedSeats(Connection connection, String... key) {
        return seats(
                connection,
                ParentRule.on(guard.graph(), "seats")
                        .key(key)
                        .touchVersion("version")
                        .build());
    }

    private String seats(Connection connection, ParentRule rule) {
        boolean reversed = rule.key().columns().get(0).name().name().equals("b");
        return names(
                guard.ensureParent(connection)
                        .ensureAll(
                                rule,
                                IntStream.of(1, 2, 3)
                                        .mapToObj(a -> rule.row(reversed ? rule.key(4 - a, a) : rule.key(a, 4 - a)))
                                        .toList()),
                EnsureOutcome::name);
    }

    private String places(Connection connection, String... once) {
        ParentRule halls = ParentRule.on(guard.graph(), "halls").build();
        ChildRule rule =
                ChildRule.on(guard.graph(), "places", halls).onceBy(once).build();
        List<ChildRow> rows = IntStream.of(1, 2, 3)
                .mapToObj(a -> rule.row(
                        halls.key(1), rule.values().set("a", a).set("b", 4 - a).build()))
                .toList();
        return names(guard.ensureParent(connection).insertAll(rule, rows), ChildOutcome::name);
    }

    private static <T> String names(List<T> outcomes, Function<T, String> name) {
        return outcomes.stream().map(name).toList().toString();
    }

    private static String rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return String.valueOf(statement.executeUpdate(sql));
        }
    }
}

package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that a column, a constraint or the driver rejects, in the parent and in the child. */
@Schema(ProjectSchema.SQL)
class RejectedValuesIT {

    /** What is wrong with one column of a row, and what comes of it. */
    private record Case(
            String column,
            @Nullable Object value,
            FailureCode code,
            String sqlState,
            @Nullable String constraint) {
        @Override
        public String toString() {
            return column + " " + sqlState;
        }
    }

    private static final List<Case> OF_PARENT = List.of(
            rejected("title", "xyzzy and much longer", "22001", null),
            rejected("budget", 99999, "22003", null),
            rejected("budget", "xyzzy", "22P02", null),
            rejected("budget", -1, "23514", "budget_positive"),
            rejected("nick", "longer than xyzzy", "23514", "nick_short"),
            rejected("note", null, "23502", null),
            rejected("note", "xyzzy\0", "22021", null),
            rejected("note", Duration.ofDays(1), "07006", null),
            new Case("region_id", 999, FailureCode.REFERENCE_MISSING, "23503", "projects_region"),
            new Case("slogan", "slogan xyzzy", FailureCode.OTHER_KEY_TAKEN, "23505", "slogan_once"));

    private static final List<Case> OF_CHILD = List.of(
            rejected("body", "xyzzy and much longer", "22001", null),
            rejected("body", null, "23502", null),
            rejected("body", "", "23514", "body_filled"),
            rejected("size", 40000, "22003", null),
            rejected("size", "xyzzy", "22P02", null),
            rejected("size", Duration.ofDays(1), "07006", null),
            rejected("nick", "longer than xyzzy", "23514", "nick_short"),
            new Case("region_id", 999, FailureCode.REFERENCE_MISSING, "23503", "tasks_region"),
            new Case("ticket", "ticket xyzzy", FailureCode.OTHER_KEY_TAKEN, "23505", "ticket_once"));

    private Connection connection;
    private EnsureParent ensure;
    private ParentRule projects;
    private ChildRule tasks;

    @BeforeEach
    void compile(Database database) throws SQLException {
        database.execute("DELETE FROM tasks WHERE code <> 'there-xyzzy'");
        database.execute("DELETE FROM projects WHERE code <> 'there-xyzzy'");
        connection = database.connect();
        Guard guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        projects = ParentRule.on(guard.graph(), "projects").build();
        tasks = ChildRule.on(guard.graph(), "tasks", projects).build();
    }

    static Stream<Arguments> ofParent() {
        return OF_PARENT.stream().flatMap(RejectedValuesIT::everyWay);
    }

    static Stream<Arguments> ofChild() {
        return OF_CHILD.stream()
                .flatMap(RejectedValuesIT::everyWay)
                .filter(arguments -> ((Way) arguments.get()[1]).writesChild());
    }

    private static Stream<Arguments> everyWay(Case rejected) {
        return Way.inBothModes().map(way -> Arguments.of(rejected, way.get()[0], way.get()[1]));
    }

    @ParameterizedTest
    @MethodSource("ofParent")
    void reportsAValueOfTheParent(Case rejected, Way way, boolean autocommit, Database database) throws SQLException {
        FailingCall failed = fails(
                database,
                way,
                autocommit,
                tasks.row(projects.row(projects.key("a-xyzzy", 1), goodParent(rejected)), body()),
                tasks.row(projects.row(projects.key("b-xyzzy", 1), parent(rejected, rejected.value())), body()));
        check(failed, rejected);
        // For these the server names the table, for others only the operation is known.
        if (List.of("23502", "23503", "23505").contains(rejected.sqlState())) {
            failed.isAbout("projects");
        }
    }

    @ParameterizedTest
    @MethodSource("ofChild")
    void reportsAValueOfTheChild(Case rejected, Way way, boolean autocommit, Database database) throws SQLException {
        RowValues title = projects.values().set("title", "xyzzy").build();
        FailingCall failed = fails(
                database,
                way,
                autocommit,
                tasks.row(projects.row(projects.key("a-xyzzy", 1), title), goodChild(rejected)),
                tasks.row(projects.row(projects.key("b-xyzzy", 1), title), child(rejected, rejected.value())));
        check(failed, rejected);
        failed.isAbout("tasks").says(way == Way.INSERT ? "insert public.tasks" : "insertAll public.tasks");
    }

    @ParameterizedTest
    @CsvSource({"ENSURE, true", "ENSURE, false", "ENSURE_ALL, true", "INSERT, true", "INSERT, false", "INSERT_ALL, true"
    })
    void reportsAKeyThatIsTooLong(Way way, boolean autocommit, Database database) throws SQLException {
        RowValues title = projects.values().set("title", "xyzzy").build();
        ChildRow row = tasks.row(projects.row(projects.key("xyzzy is too long", 1), title), body());
        fails(database, way, autocommit, row, row)
                .hasCode(FailureCode.VALUE_REJECTED)
                .hasState("22001");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void reportsAKeyThatWouldLoseTrailingBlanks(Way way, boolean autocommit, Database database) throws SQLException {
        RowValues title = projects.values().set("title", "xyzzy").build();
        for (String code : List.of("new-xyzzy      ", "there-xyzzy      ")) {
            ChildRow row = tasks.row(projects.row(projects.key(code, 1), title), body());
            fails(database, way, autocommit, row, row)
                    .hasCode(FailureCode.PARENT_HIDDEN)
                    .hasState(null)
                    .says("trailing blanks");
        }
    }

    @Test
    void storesAKeyWithTrailingBlanksThatFit(Database database) throws SQLException {
        RowValues title = projects.values().set("title", "xyzzy").build();
        assertThat(ensure.ensure(projects, projects.key("blank-     ", 1), title))
                .isInstanceOf(EnsureOutcome.Created.class);
        assertThat(ensure.ensure(projects, projects.key("blank-     ", 1), title))
                .isInstanceOf(EnsureOutcome.Existing.class);
        assertThat(database.queryStrings("SELECT code FROM projects WHERE code LIKE 'blank%'"))
                .containsExactly("blank-     ");
    }

    @Test
    void countsCharactersOfAKeyAsTheDatabaseDoes() {
        RowValues title = projects.values().set("title", "xyzzy").build();
        String twelve = "🙂".repeat(12);
        assertThat(ensure.ensure(projects, projects.key(twelve, 1), title)).isInstanceOf(EnsureOutcome.Created.class);
        assertThat(ensure.ensure(projects, projects.key(twelve, 1), title)).isInstanceOf(EnsureOutcome.Existing.class);
    }

    private static void check(FailingCall failed, Case rejected) {
        failed.hasCode(rejected.code()).hasState(rejected.sqlState()).hasConstraint(rejected.constraint());
    }

    private FailingCall fails(Database database, Way way, boolean autocommit, ChildRow good, ChildRow bad)
            throws SQLException {
        connection.setAutoCommit(autocommit);
        return FailingCall.on(connection, database, () -> way.run(ensure, tasks, good, bad));
    }

    private RowValues goodParent(Case rejected) {
        return parent(rejected, goodValue(rejected));
    }

    private RowValues goodChild(Case rejected) {
        return child(rejected, goodValue(rejected));
    }

    private static @Nullable Object goodValue(Case rejected) {
        return switch (rejected.column()) {
            case "budget", "size", "region_id" -> 1;
            default -> "fine";
        };
    }

    private RowValues parent(Case rejected, @Nullable Object value) {
        return projects.values()
                .set("title", "xyzzy")
                .set(rejected.column(), value)
                .build();
    }

    private RowValues child(Case rejected, @Nullable Object value) {
        return tasks.values().set("body", "xyzzy").set(rejected.column(), value).build();
    }

    private RowValues body() {
        return tasks.values().set("body", "xyzzy").build();
    }

    private static Case rejected(String column, @Nullable Object value, String sqlState, @Nullable String constraint) {
        return new Case(column, value, FailureCode.VALUE_REJECTED, sqlState, constraint);
    }
}

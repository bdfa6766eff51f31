package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentTemplate;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller can give wrongly: keys, columns, values that are needed, templates. */
@Schema(ProjectSchema.SQL)
class BadInputIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;
    private ParentRule projects;
    private ChildRule tasks;

    @BeforeEach
    void compile(Database database) throws SQLException {
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        projects = ParentRule.on(guard.graph(), "projects").build();
        tasks = ChildRule.on(guard.graph(), "tasks", projects).build();
    }

    @Test
    void refusesANullKey() {
        Object[] noValues = null;
        failsAsKey(() -> projects.key(noValues));
        failsAsKey(() -> projects.key(null, null));
        failsAsKey(() -> RowKey.of(projects.table(), projects.key(), noValues));
        failsAsKey(() -> projects.row(null));
        failsAsKey(() -> projects.row(null, title()));
        failsAsKey(() -> ensure.ensure(projects, null, title()));
        failsAsKey(() -> tasks.row((RowKey) null, body()));
    }

    @Test
    void namesWhatIsNull() {
        ChildRow row = tasks.row(present(), body());
        namesNull("parent", () -> tasks.row((ParentRow) null, body()));
        namesNull("values", () -> tasks.row(present(), null));
        namesNull("values", () -> projects.row(present(), null));
        namesNull("ancestor", () -> projects.row(present()).under(null));
        namesNull("rule", () -> ParentRow.of(null, present()));
        namesNull("parent", () -> ensure.ensure(null));
        namesNull("parent", () -> ensure.ensureAll(projects, Arrays.asList(projects.row(present()), null)));
        namesNull("child", () -> ensure.insert(tasks, null));
        namesNull("child", () -> ensure.insertAll(tasks, Arrays.asList(row, null)));
    }

    private static void namesNull(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
    }

    @Test
    void refusesAHalfNullKey() {
        failsAsKey(() -> projects.key("xyzzy", null)).says("projects_pkey", "[code, tenant]");
        failsAsKey(() -> projects.key(null, 1));
    }

    @Test
    void refusesAKeyOfTheWrongLength() {
        failsAsKey(() -> projects.key("xyzzy")).says("given 1 value");
        failsAsKey(() -> projects.key("xyzzy", 1, 1)).says("given 3 value");
        failsAsKey(() -> projects.key(new Object[0])).says("given 0 value");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesAKeyOfAnotherTable(Way way, boolean autocommit, Database database) throws SQLException {
        RowKey region = ParentRule.on(guard.graph(), "regions").build().key(1);
        fails(database, way, autocommit, tasks.row(projects.row(region, title()), body()))
                .hasCode(FailureCode.KEY_INVALID)
                .says("regions");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesAnotherKeyOfTheSameTable(Way way, boolean autocommit, Database database) throws SQLException {
        RowKey slogan =
                ParentRule.on(guard.graph(), "projects").key("slogan").build().key("slogan xyzzy");
        fails(database, way, autocommit, tasks.row(projects.row(slogan, title()), body()))
                .hasCode(FailureCode.KEY_INVALID)
                .says("[slogan]");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesAParentOfAnotherRule(Way way, boolean autocommit, Database database) throws SQLException {
        ParentRule strict =
                ParentRule.on(guard.graph(), "projects").match("title").build();
        ChildRule strictTasks = ChildRule.on(guard.graph(), "tasks", strict).build();
        ParentRow lax = projects.row(projects.key("there-xyzzy", 1), title());
        if (way == Way.ENSURE) {
            // A single parent brings its own rule.
            assertThat(ensure.ensure(lax)).isInstanceOf(EnsureOutcome.Existing.class);
            return;
        }
        connection.setAutoCommit(autocommit);
        ChildRow row = strictTasks.row(lax, body());
        FailingCall.on(connection, database, () -> way.run(ensure, strictTasks, row, row))
                .hasCode(FailureCode.KEY_INVALID)
                .isAbout("projects")
                .says("another rule");
    }

    @Test
    void refusesColumnsThatAreNotThere() {
        FailingCall.of(() -> projects.values().set("xyz", "xyzzy"))
                .hasCode(FailureCode.COLUMN_INVALID)
                .isAbout("projects")
                .says("\"xyz\"");
        FailingCall.of(() -> title().value("xyz")).hasCode(FailureCode.COLUMN_INVALID);
    }

    @Test
    void refusesAValueForAColumnThatIsGeneratedAlways() {
        FailingCall.of(() -> tasks.values().set("id", 7))
                .hasCode(FailureCode.COLUMN_INVALID)
                .isAbout("tasks")
                .says("\"id\"", "generated always");
    }

    @ParameterizedTest
    @CsvSource({"INSERT, true", "INSERT, false", "INSERT_ALL, true", "INSERT_ALL, false"})
    void refusesAChildThatNamesItsParentTwice(Way way, boolean autocommit, Database database) throws SQLException {
        RowValues twice = tasks.values().set("body", "xyzzy").set("tenant", 2).build();
        fails(database, way, autocommit, tasks.row(present(), twice))
                .hasCode(FailureCode.COLUMN_INVALID)
                .isAbout("tasks")
                .says("tenant");
    }

    @ParameterizedTest
    @CsvSource({"INSERT, true", "INSERT, false", "INSERT_ALL, true", "INSERT_ALL, false"})
    void refusesChildValuesOfAnotherTable(Way way, boolean autocommit, Database database) throws SQLException {
        fails(database, way, autocommit, tasks.row(present(), title()))
                .hasCode(FailureCode.COLUMN_INVALID)
                .isAbout("tasks")
                .says("projects");
    }

    @ParameterizedTest
    @CsvSource({"ENSURE_ALL, true", "ENSURE_ALL, false", "INSERT_ALL, true", "INSERT_ALL, false"})
    void refusesABulkWhoseRowsDifferInTheirColumns(Way way, boolean autocommit, Database database) throws SQLException {
        RowValues more =
                projects.values().set("title", "xyzzy").set("budget", 1).build();
        connection.setAutoCommit(autocommit);
        FailingCall.on(
                        connection,
                        database,
                        () -> way.run(
                                ensure,
                                tasks,
                                tasks.row(projects.row(projects.key("a-xyzzy", 1), title()), body()),
                                tasks.row(projects.row(projects.key("b-xyzzy", 1), more), body())))
                .hasCode(FailureCode.COLUMN_INVALID)
                .isAbout("projects");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesParentValuesOfAnotherTable(Way way, boolean autocommit, Database database) throws SQLException {
        fails(database, way, autocommit, tasks.row(projects.row(absent(), body()), body()))
                .hasCode(FailureCode.TEMPLATE_FAILED)
                .isAbout("projects")
                .says("tasks");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesAnAbsentParentWithoutARequiredValue(Way way, boolean autocommit, Database database)
            throws SQLException {
        fails(database, way, autocommit, tasks.row(absent(), body()))
                .hasCode(FailureCode.VALUES_MISSING)
                .hasState(null)
                .isAbout("projects")
                .says("[title]");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesAnAbsentParentWithARequiredValueOfNull(Way way, boolean autocommit, Database database)
            throws SQLException {
        RowValues untitled = projects.values().set("title", null).build();
        fails(database, way, autocommit, tasks.row(projects.row(absent(), untitled), body()))
                .hasCode(FailureCode.VALUES_MISSING)
                .says("[title]");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void keepsAnExistingParentWithoutARequiredValue(Way way, boolean autocommit, Database database)
            throws SQLException {
        connection.setAutoCommit(autocommit);
        String before = database.queryStrings("SELECT title FROM projects WHERE code = 'there-xyzzy'")
                .get(0);
        Object outcome = way.run(ensure, tasks, tasks.row(present(), body()), tasks.row(present(), body()));
        if (!autocommit) {
            connection.rollback();
        }
        if (way.writesChild()) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ChildOutcome.Inserted.class,
                            inserted -> assertThat(inserted.parentCreated()).isFalse());
        } else {
            assertThat(outcome).isInstanceOf(EnsureOutcome.Existing.class);
        }
        FailingCall.assertSilent(outcome);
        assertThat(database.queryStrings("SELECT title FROM projects WHERE code = 'there-xyzzy'"))
                .containsExactly(before);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void saysThatATemplateThrew(Way way, boolean autocommit, Database database) throws SQLException {
        RuntimeException broken = new IllegalStateException("about xyzzy");
        FailingCall failed = failsWith(database, way, autocommit, (key, child) -> {
            throw broken;
        });
        assertThat(failed.failure()).hasCause(broken);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void saysThatATemplateReturnedNull(Way way, boolean autocommit, Database database) throws SQLException {
        failsWith(database, way, autocommit, (key, child) -> null).says("null");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void saysThatATemplateReturnedAnotherKey(Way way, boolean autocommit, Database database) throws SQLException {
        failsWith(
                        database,
                        way,
                        autocommit,
                        (key, child) -> projects.values()
                                .set("title", "xyzzy")
                                .set("tenant", 99)
                                .build())
                .says("another key");
    }

    /** A number is the same key whatever class it comes in. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void takesAKeyThatATemplateRepeats(Way way) throws SQLException {
        ChildRule rule = withTemplate((key, child) -> projects.values()
                .set("title", "xyzzy")
                .set("tenant", Long.valueOf((int) key.value("tenant")))
                .build());
        ChildRow row = rule.row(rule.parent().key("new-xyzzy", 1), body());
        connection.setAutoCommit(false);
        assertThat(way.run(ensure, rule, row, row)).isNotNull();
        connection.rollback();
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void saysThatATemplateReturnedAnotherTable(Way way, boolean autocommit, Database database) throws SQLException {
        failsWith(database, way, autocommit, (key, child) -> body()).says("tasks");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void acceptsATemplateThatRepeatsTheKey(Way way, boolean autocommit) throws SQLException {
        ChildRule rule = withTemplate((key, child) -> projects.values()
                .set("tenant", key.value("tenant"))
                .set("code", key.value("code"))
                .set("title", child.columns().isEmpty() ? "alone" : "with a child")
                .build());
        connection.setAutoCommit(autocommit);
        String code = "tpl-" + way.ordinal() + autocommit;
        ChildRow row = rule.row(rule.parent().key(code, 5), body());
        way.run(ensure, rule, row, row);
        try (var statement = connection.createStatement();
                var titles = statement.executeQuery("SELECT title FROM projects WHERE code = '" + code + "'")) {
            assertThat(titles.next()).isTrue();
            assertThat(titles.getString(1)).isEqualTo(way.writesChild() ? "with a child" : "alone");
        }
    }

    private FailingCall failsWith(Database database, Way way, boolean autocommit, ParentTemplate template)
            throws SQLException {
        ChildRule rule = withTemplate(template);
        ChildRow row = rule.row(rule.parent().key("new-xyzzy", 1), body());
        connection.setAutoCommit(autocommit);
        return FailingCall.on(connection, database, () -> way.run(ensure, rule, row, row))
                .hasCode(FailureCode.TEMPLATE_FAILED)
                .hasState(null)
                .isAbout("projects")
                .says("emplate");
    }

    private ChildRule withTemplate(ParentTemplate template) {
        ParentRule rule =
                ParentRule.on(guard.graph(), "projects").template(template).build();
        return ChildRule.on(guard.graph(), "tasks", rule).build();
    }

    /** With a good row in front of it, where the operation takes several. */
    private FailingCall fails(Database database, Way way, boolean autocommit, ChildRow bad) throws SQLException {
        ParentRow parent = bad.parent().values().isPresent()
                ? projects.row(projects.key("good-xyzzy", 1), title())
                : projects.row(present());
        ChildRow first = tasks.row(parent, body());
        connection.setAutoCommit(autocommit);
        return FailingCall.on(connection, database, () -> way.run(ensure, tasks, first, bad));
    }

    private static FailingCall failsAsKey(ThrowingCallable call) {
        return FailingCall.of(call).hasCode(FailureCode.KEY_INVALID).isAbout("projects");
    }

    private RowKey absent() {
        return projects.key("new-xyzzy", 1);
    }

    private RowKey present() {
        return projects.key("there-xyzzy", 1);
    }

    private RowValues title() {
        return projects.values().set("title", "xyzzy").build();
    }

    private RowValues body() {
        return tasks.values().set("body", "xyzzy").build();
    }
}

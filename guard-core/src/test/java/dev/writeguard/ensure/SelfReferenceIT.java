package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table that refers to itself: a row of a bulk may be the parent of another one. A parent is created without what its row as
 * a child says, and must not take that row's place: the bulk stores each row as it is given, or nothing and says why.
 */
@Schema("CREATE TABLE tasks (id int PRIMARY KEY, under int REFERENCES tasks, title text);")
class SelfReferenceIT {

    private Connection connection;
    private EnsureParent ensure;
    private ParentRule parents;
    private ChildRule plain;
    private ChildRule once;

    @BeforeEach
    void compile(Database database) throws SQLException {
        database.execute("TRUNCATE tasks; INSERT INTO tasks VALUES (1, NULL, 'root')");
        connection = database.connect();
        Guard guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        parents = ParentRule.on(guard.graph(), "tasks").build();
        plain = ChildRule.on(guard.graph(), "tasks", parents).build();
        once = ChildRule.on(guard.graph(), "tasks", parents).onceBy("id").build();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void storesARowUnderAParentThatIsThereOrNew(boolean sentTwice, boolean autocommit, Database database)
            throws SQLException {
        ChildRule rule = sentTwice ? once : plain;
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(rule, task(rule, 2, 1))).isInstanceOf(Inserted.class);
        assertThat(ensure.insertAll(rule, List.of(task(rule, 3, 1), task(rule, 4, 9))))
                .hasOnlyElementsOfType(Inserted.class);
        FailingCall.commitIfPossible(connection);
        assertThat(stored(database)).containsExactly("1 - root", "2 1 task 2", "3 1 task 3", "4 9 task 4", "9 - -");
    }

    /** In either order: Guard creates all parents before it inserts the first child. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void doesNotPutABareParentInPlaceOfAChildOfTheSameBulk(boolean sentTwice, boolean autocommit, Database database)
            throws SQLException {
        ChildRule rule = sentTwice ? once : plain;
        assertStoredAsGivenOrRefused(rule, autocommit, List.of(task(rule, 2, 1), task(rule, 3, 2)), database);
        assertStoredAsGivenOrRefused(rule, autocommit, List.of(task(rule, 5, 4), task(rule, 4, 1)), database);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotPutABareParentInPlaceOfARowUnderItself(boolean autocommit, Database database) throws SQLException {
        List<ChildRow> rows = List.of(task(once, 2, 2), task(once, 3, 1));
        assertStoredAsGivenOrRefused(once, autocommit, rows, database);
    }

    /** What is stored is no parent to be created: such a bulk can be sent again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isADuplicateWhereAllOfTheTreeIsStored(boolean autocommit, Database database) throws SQLException {
        database.execute("INSERT INTO tasks VALUES (2, 1, 'task 2'), (3, 2, 'task 3')");
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insertAll(once, List.of(task(once, 2, 1), task(once, 3, 2))))
                .hasOnlyElementsOfType(ChildOutcome.Duplicate.class);
        FailingCall.commitIfPossible(connection);
        assertThat(stored(database)).containsExactly("1 - root", "2 1 task 2", "3 2 task 3");
    }

    private void assertStoredAsGivenOrRefused(
            ChildRule rule, boolean autocommit, List<ChildRow> rows, Database database) throws SQLException {
        database.execute("DELETE FROM tasks WHERE id > 1");
        connection.setAutoCommit(autocommit);
        List<ChildOutcome> outcomes = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> outcomes.addAll(ensure.insertAll(rule, rows)));
        FailingCall.commitIfPossible(connection);
        connection.setAutoCommit(true);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(GuardException.class);
            assertThat(((GuardException) thrown).code())
                    .as("the reason is the bulk itself, not what is stored: %s", thrown.getMessage())
                    .isNotEqualTo(FailureCode.OTHER_KEY_TAKEN);
            assertThat(stored(database)).containsExactly("1 - root");
            return;
        }
        assertThat(outcomes).as("outcomes").hasOnlyElementsOfType(Inserted.class);
        assertThat(database.queryLong("SELECT count(*) FROM tasks WHERE title IS NULL"))
                .as("bare parents")
                .isZero();
        assertThat(stored(database)).hasSize(1 + rows.size());
    }

    private ChildRow task(ChildRule rule, int id, int under) {
        return rule.row(
                parents.key(under),
                rule.values().set("id", id).set("title", "task " + id).build());
    }

    private static List<String> stored(Database database) throws SQLException {
        return database.queryStrings("SELECT id || ' ' || coalesce(CAST(under AS text), '-') || ' '"
                + " || coalesce(title, '-') FROM tasks ORDER BY id");
    }
}

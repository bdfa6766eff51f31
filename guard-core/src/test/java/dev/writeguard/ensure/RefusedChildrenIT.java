package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Children that are stored already or whose parent refuses them. A refusal is not a crash: the caller may go on and commit, and
 * then nothing of the refused call is there, also no parent that was created for it, no ancestor, and no touch.
 */
@Schema("""
        CREATE TABLE regions (id int PRIMARY KEY);
        CREATE TABLE carts (
            id int PRIMARY KEY, region_id int NOT NULL REFERENCES regions, owner text DEFAULT 'ann',
            version int NOT NULL DEFAULT 0);
        CREATE TABLE lines (
            id int PRIMARY KEY, cart_id int NOT NULL REFERENCES carts, no int NOT NULL DEFAULT 0, body text,
            UNIQUE (no, cart_id));
        """)
class RefusedChildrenIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;
    private ParentRule regions;

    @BeforeEach
    void fill(Database database) throws SQLException {
        database.execute("""
                TRUNCATE regions, carts, lines;
                INSERT INTO regions VALUES (1);
                INSERT INTO carts VALUES (1, 1), (2, 1);
                INSERT INTO lines VALUES (1, 1, 1, 'xyzzy'), (2, 2, 2, 'xyzzy')""");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        regions = ParentRule.on(guard.graph(), "regions").build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesNothingForAChildThatIsStored(boolean autocommit, Database database) throws SQLException {
        Lines lines = new Lines(parent -> parent, "id");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 1)), "duplicate");
        assertOutcomes(
                database, autocommit, lines, List.of(lines.row(1, 1), lines.row(2, 2)), "duplicate", "duplicate");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesNothingForAChildThatIsStoredElsewhere(boolean autocommit, Database database) throws SQLException {
        Lines lines = new Lines(parent -> parent, "id");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 2)), "elsewhere");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 9)), "elsewhere");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 9), lines.row(5, 8)), "elsewhere", "withheld");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(5, 8), lines.row(1, 2)), "withheld", "elsewhere");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void createsNoAncestorForAChildThatIsStoredElsewhere(boolean autocommit, Database database) throws SQLException {
        Lines lines = new Lines(parent -> parent, "id");
        assertOutcomes(database, autocommit, lines, List.of(lines.rowInRegion(1, 9, 9)), "elsewhere");
        assertOutcomes(
                database,
                autocommit,
                lines,
                List.of(lines.rowInRegion(5, 8, 8), lines.rowInRegion(1, 9, 9)),
                "withheld",
                "elsewhere");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recognisesAChildByItsParentAndANumber(boolean autocommit, Database database) throws SQLException {
        Lines lines = new Lines(parent -> parent, "cart_id", "no");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 1)), "duplicate");
        assertOutcomes(
                database, autocommit, lines, List.of(lines.row(2, 2), lines.row(1, 1)), "duplicate", "duplicate");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void insertsOnlyTheFirstOfTwoInOneBulk(boolean autocommit, Database database) throws SQLException {
        Lines lines = new Lines(parent -> parent, "id");
        List<ChildRow> rows = List.of(lines.row(1, 1), lines.row(7, 8), lines.row(7, 8));
        assertThat(run(autocommit, lines, rows)).containsExactly("duplicate", "inserted", "duplicate");
        assertThat(database.queryStrings("SELECT cart_id FROM lines ORDER BY id"))
                .containsExactly("1", "2", "8");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesABulkThatPutsOneChildUnderTwoParents(boolean autocommit, Database database) throws SQLException {
        Lines lines = new Lines(parent -> parent, "id");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(7, 8), lines.row(7, 9)), "withheld", "elsewhere");
        assertOutcomes(
                database,
                autocommit,
                lines,
                List.of(lines.row(7, 8), lines.row(7, 9), lines.row(1, 1)),
                "withheld",
                "elsewhere",
                "duplicate");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void touchesNoParentForAChildThatIsStored(boolean autocommit, Database database) throws SQLException {
        for (String[] once : new String[][] {{"id"}, {"cart_id", "no"}}) {
            Lines lines = new Lines(parent -> parent.touchVersion("version"), once);
            assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 1)), "duplicate");
            assertOutcomes(
                    database, autocommit, lines, List.of(lines.row(1, 1), lines.row(2, 2)), "duplicate", "duplicate");
        }
        Lines lines = new Lines(parent -> parent.touchVersion("version"), "id");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 2)), "elsewhere");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 2), lines.row(5, 1)), "elsewhere", "withheld");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void touchesTheParentsOfNewChildrenOnly(boolean autocommit, Database database) throws SQLException {
        Lines lines = new Lines(parent -> parent.touchVersion("version"), "id");
        assertThat(run(autocommit, lines, List.of(lines.row(1, 1), lines.row(5, 2), lines.row(6, 2), lines.row(7, 8))))
                .containsExactly("duplicate", "inserted", "inserted", "inserted");
        assertThat(database.queryStrings("SELECT version FROM carts ORDER BY id"))
                .containsExactly("0", "1", "1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesNothingUnderAParentThatDiffers(boolean autocommit, Database database) throws SQLException {
        for (String[] once : new String[][] {{}, {"id"}}) {
            Lines lines = new Lines(parent -> parent.match("owner").touchVersion("version"), once);
            assertOutcomes(database, autocommit, lines, List.of(lines.row(5, 1)), "refused");
            assertOutcomes(database, autocommit, lines, List.of(lines.rowInRegion(5, 1, 9)), "refused");
            assertOutcomes(
                    database,
                    autocommit,
                    lines,
                    List.of(lines.rowInRegion(6, 8, 8), lines.rowInRegion(5, 1, 9)),
                    "withheld",
                    "refused");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesNothingUnderAParentInAnotherState(boolean autocommit, Database database) throws SQLException {
        Lines lines = new Lines(parent -> parent.requireState("owner", "bob"));
        assertOutcomes(database, autocommit, lines, List.of(lines.row(5, 1)), "refused");
        assertOutcomes(
                database,
                autocommit,
                lines,
                List.of(lines.rowInRegion(6, 8, 8), lines.row(5, 1), lines.rowInRegion(7, 9, 9)),
                "withheld",
                "refused",
                "withheld");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsAStoredChildADuplicateWhateverBecameOfItsParent(boolean autocommit, Database database)
            throws SQLException {
        Lines lines = new Lines(parent -> parent.requireState("owner", "bob"), "id");
        assertOutcomes(database, autocommit, lines, List.of(lines.row(1, 1)), "duplicate");
        assertOutcomes(
                database, autocommit, lines, List.of(lines.row(1, 1), lines.row(2, 2)), "duplicate", "duplicate");
        assertThat(run(autocommit, lines, List.of(lines.row(1, 1), lines.row(5, 8))))
                .containsExactly("duplicate", "inserted");
    }

    private void assertOutcomes(
            Database database, boolean autocommit, Lines lines, List<ChildRow> rows, String... outcomes)
            throws SQLException {
        var before = Contents.of(database);
        assertThat(run(autocommit, lines, rows)).containsExactly(outcomes);
        assertThat(Contents.of(database)).as("after " + List.of(outcomes)).isEqualTo(before);
    }

    private List<String> run(boolean autocommit, Lines lines, List<ChildRow> rows) throws SQLException {
        connection.setAutoCommit(autocommit);
        List<ChildOutcome> outcomes = new ArrayList<>(ensure.insertAll(lines.rule, rows));
        if (!autocommit) {
            connection.commit();
        }
        FailingCall.assertSilent(outcomes);
        return outcomes.stream().map(ChildOutcome::name).toList();
    }

    /** Lines under carts whose owner is bob, while those stored are Ann's. */
    private final class Lines {

        private final ParentRule carts;
        private final ChildRule rule;

        Lines(UnaryOperator<ParentRuleBuilder> parent, String... once) {
            carts = parent.apply(ParentRule.on(guard.graph(), "carts")).build();
            rule = once.length == 0
                    ? ChildRule.on(guard.graph(), "lines", carts).build()
                    : ChildRule.on(guard.graph(), "lines", carts).onceBy(once).build();
        }

        ChildRow row(int id, int cart) {
            return rule.row(
                    carts.row(
                            carts.key(cart),
                            carts.values()
                                    .set("owner", "bob")
                                    .set("region_id", 1)
                                    .build()),
                    rule.values().set("id", id).set("no", id).build());
        }

        ChildRow rowInRegion(int id, int cart, int region) {
            ParentRow parent = carts.row(
                            carts.key(cart), carts.values().set("owner", "bob").build())
                    .under(regions.row(regions.key(region)));
            return rule.row(parent, rule.values().set("id", id).set("no", id).build());
        }
    }
}

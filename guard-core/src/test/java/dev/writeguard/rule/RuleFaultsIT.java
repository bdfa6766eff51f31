package dev.writeguard.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.sql.TableName;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;

/** Rules that do not fit the database: every fault is found when the rule is compiled, all at once, each with its cure. */
@Schema("""
        CREATE TYPE mood AS ENUM ('GOOD', 'BAD');
        CREATE TABLE plain (id int PRIMARY KEY, title text, mood mood, code text UNIQUE, version text, n int);
        CREATE TABLE keyless (id int NOT NULL, title text);
        CREATE TABLE deferred (
            id int PRIMARY KEY DEFERRABLE, code text CONSTRAINT deferred_code UNIQUE DEFERRABLE INITIALLY DEFERRED,
            plain text UNIQUE);
        CREATE TABLE indexed (
            id int PRIMARY KEY, email text, partial text, repeated text, twice text, settings json, spots point[]);
        CREATE UNIQUE INDEX indexed_lower ON indexed (lower(email));
        CREATE UNIQUE INDEX indexed_partial ON indexed (partial) WHERE partial <> '';
        CREATE INDEX indexed_repeated ON indexed (repeated);
        CREATE TABLE excluded (
            id int PRIMARY KEY, during int4range, CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&));
        CREATE TABLE generated (
            id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text, upper_code text
                GENERATED ALWAYS AS (upper(code)) STORED UNIQUE, natural_key text UNIQUE,
                shout text GENERATED ALWAYS AS (upper(natural_key)) STORED);
        CREATE TABLE ruled (id int PRIMARY KEY, title text);
        CREATE RULE ruled_update AS ON UPDATE TO ruled DO ALSO NOTHING;
        CREATE VIEW seen AS SELECT * FROM plain;
        CREATE TABLE twice (
            id int PRIMARY KEY, plain_a int REFERENCES plain, plain_b int REFERENCES plain, loose int);
        CREATE TABLE by_code (id int PRIMARY KEY, code text CONSTRAINT by_code_fk REFERENCES plain (code));
        CREATE TABLE unchecked (id int PRIMARY KEY, plain_id int);
        ALTER TABLE unchecked ADD CONSTRAINT unchecked_fk FOREIGN KEY (plain_id) REFERENCES plain NOT VALID;
        CREATE TABLE unguarded (id int PRIMARY KEY, plain_id int CONSTRAINT unguarded_fk REFERENCES plain);
        ALTER TABLE unguarded DISABLE TRIGGER ALL;
        CREATE TABLE doubled (id int PRIMARY KEY, plain_id int CONSTRAINT doubled_z REFERENCES plain);
        ALTER TABLE doubled ADD CONSTRAINT doubled_a FOREIGN KEY (plain_id) REFERENCES plain NOT VALID;
        CREATE TABLE ruled_child (id int PRIMARY KEY, plain_id int REFERENCES plain);
        CREATE TABLE audit (id int);
        CREATE RULE ruled_child_insert AS ON INSERT TO ruled_child DO ALSO INSERT INTO audit VALUES (1);
        CREATE TABLE old_style (id int PRIMARY KEY, plain_id int REFERENCES plain);
        CREATE TABLE old_style_2026 () INHERITS (old_style);
        CREATE TABLE new_style (id int PRIMARY KEY, plain_id int REFERENCES plain) PARTITION BY RANGE (id);
        CREATE TABLE new_style_low PARTITION OF new_style FOR VALUES FROM (0) TO (100);
        CREATE TABLE quiet (id int PRIMARY KEY, plain_id int REFERENCES plain);
        CREATE RULE quiet_insert AS ON INSERT TO quiet WHERE NEW.id < 0 DO INSTEAD NOTHING;
        """)
class RuleFaultsIT {

    private Connection connection;
    private SchemaGraph graph;

    @BeforeEach
    void read(Database database) throws SQLException {
        connection = database.connect();
        graph = SchemaGraph.read(connection);
    }

    @Test
    void saysEverythingAtOnce() {
        InvalidRuleException invalid = invalid(ParentRule.on(graph, "plain")
                .key("id", "nothing")
                .match("absent", "title")
                .touch("code")
                .touchClock("missing")
                .touchVersion("version")
                .requireState("mood", "GOOD", "UGLY"));
        assertThat(invalid.faults())
                .extracting(RuleFault::fault)
                .containsExactlyInAnyOrder(
                        "public.plain has no column \"nothing\"",
                        "public.plain has no column \"absent\"",
                        "public.plain has no column \"missing\"",
                        "TOUCH would write \"code\", a column of the unique index plain_code_key",
                        "the version column \"version\" is a text",
                        "the type public.mood has no state \"UGLY\"");
        assertThat(invalid.faults())
                .extracting(RuleFault::cure)
                .allSatisfy(cure -> assertThat(cure).isNotBlank());
        for (RuleFault fault : invalid.faults()) {
            assertThat(invalid.getMessage()).contains(fault.fault(), fault.cure());
        }
    }

    @Test
    void saysWhichTableIsMissing() {
        assertThat(onlyFault(() -> ParentRule.on(graph, "nowhere")).fault()).contains("\"nowhere\"", "search path");
        assertThat(onlyFault(() -> ParentRule.on(graph, TableName.of("elsewhere", "plain")))
                        .fault())
                .contains("elsewhere.plain");
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(onlyFault(() -> ChildRule.on(graph, "nowhere", parent)).cure())
                .contains("TableName.of");
    }

    @Test
    void refusesATableWithoutAKey() {
        assertThat(onlyFault(ParentRule.on(graph, "keyless")))
                .isEqualTo(new RuleFault(
                        "public.keyless has no primary key", "name the columns of a unique key with key(…)"));
        assertThat(onlyFault(ParentRule.on(graph, "keyless").key("id")).cure())
                .isEqualTo("ALTER TABLE \"public\".\"keyless\" ADD UNIQUE (\"id\")");
    }

    @Test
    void refusesADeferrableKey() {
        assertThat(onlyFault(ParentRule.on(graph, "deferred")).fault()).endsWith("deferred_pkey is deferrable");
        assertThat(onlyFault(ParentRule.on(graph, "deferred").key("code")).fault())
                .endsWith("deferred_code is deferrable");
    }

    @Test
    void refusesAnExpressionKey() {
        assertThat(onlyFault(ParentRule.on(graph, "indexed").key("email")).fault())
                .endsWith("indexed_lower is over an expression");
    }

    @Test
    void refusesAPartialKey() {
        assertThat(onlyFault(ParentRule.on(graph, "indexed").key("partial")).fault())
                .endsWith("the index indexed_partial is partial");
    }

    @Test
    void refusesAKeyThatIsNotUnique() {
        RuleFault fault = onlyFault(ParentRule.on(graph, "indexed").key("repeated"));
        assertThat(fault.fault())
                .startsWith("public.indexed has no unique key over [repeated] that ON CONFLICT can name");
        assertThat(fault.cure()).contains("ADD UNIQUE (\"repeated\")");
    }

    @ParameterizedTest
    @CsvSource({"settings, json", "spots, _point"})
    void refusesToMatchWhatCannotBeCompared(String column, String type) {
        assertThat(onlyFault(ParentRule.on(graph, "indexed").match(column)).fault())
                .isEqualTo("\"" + column + "\" must match, but PostgreSQL has no equality for " + type);
    }

    @Test
    void refusesToMatchWhatCannotBeGiven() {
        assertThat(onlyFault(ParentRule.on(graph, "generated")
                                .key("natural_key")
                                .match("upper_code"))
                        .fault())
                .startsWith("\"upper_code\" must match, but is generated always");
    }

    @Test
    void refusesAKeyThatNamesAColumnTwice() {
        assertThat(onlyFault(ParentRule.on(graph, "indexed").key("id", "id")).fault())
                .startsWith("public.indexed has no unique key over [id, id]");
    }

    @Test
    void refusesAKeyWhoseIndexIsNotComplete(Database database) throws SQLException {
        database.execute("INSERT INTO indexed (id, twice) VALUES (1, 'x'), (2, 'x')");
        assertThat(sqlState(database, "CREATE UNIQUE INDEX CONCURRENTLY indexed_twice ON indexed (twice)"))
                .isEqualTo("23505");
        graph = SchemaGraph.read(connection);
        assertThat(onlyFault(ParentRule.on(graph, "indexed").key("twice")).fault())
                .endsWith("the index indexed_twice is not valid");
    }

    @Test
    void refusesAnExclusionConstraintAsKey() {
        assertThat(onlyFault(ParentRule.on(graph, "excluded").key("during")).fault())
                .endsWith("no_overlap is an exclusion constraint");
    }

    @Test
    void refusesATemporalKeyAndAReferenceToIt(Database database) throws SQLException {
        if (database.server().majorVersion() < 18) {
            assertThat(sqlState(database, TEMPORAL)).isEqualTo("42601");
            return;
        }
        database.execute(TEMPORAL);
        graph = SchemaGraph.read(connection);
        assertThat(onlyFault(ParentRule.on(graph, "stays")).fault()).endsWith("stays_pkey is WITHOUT OVERLAPS");
        assertThat(onlyFault(ParentRule.on(graph, "stays").key("id").referencedBy("room", "during"))
                        .fault())
                .contains("stays_pkey is WITHOUT OVERLAPS");
        ParentRule byId = ParentRule.on(graph, "stays").key("id").build();
        assertThat(onlyFault(ChildRule.on(graph, "meals", byId)).fault()).contains("meals_stay is a PERIOD reference");
    }

    private static final String TEMPORAL = """
            CREATE TABLE stays (
                id int UNIQUE, room int4range, during daterange, PRIMARY KEY (room, during WITHOUT OVERLAPS));
            CREATE TABLE meals (id int PRIMARY KEY, room int4range, during daterange,
                CONSTRAINT meals_stay FOREIGN KEY (room, PERIOD during) REFERENCES stays (room, PERIOD during))""";

    @Test
    void refusesAKeyThatOnlyTheDatabaseFills(Database database) {
        assertThat(sqlState(database, "INSERT INTO generated (id) VALUES (1) ON CONFLICT (id) DO NOTHING"))
                .isEqualTo("428C9");
        assertThat(onlyFault(ParentRule.on(graph, "generated")).fault()).contains("\"id\" is generated always");
        assertThat(onlyFault(ParentRule.on(graph, "generated").key("upper_code"))
                        .fault())
                .contains("\"upper_code\" is generated always");
        assertThat(ParentRule.on(graph, "generated")
                        .key("natural_key")
                        .build()
                        .reference()
                        .name()
                        .name())
                .isEqualTo("generated_pkey");
    }

    @Test
    void refusesToTouchWhatOnlyTheDatabaseFills() {
        assertThat(onlyFault(ParentRule.on(graph, "generated")
                                .key("natural_key")
                                .touch("shout"))
                        .fault())
                .contains("\"shout\", which is generated always");
    }

    @Test
    void refusesATableWhoseRulesForbidOnConflict(Database database) {
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(sqlState(database, "INSERT INTO ruled VALUES (1) ON CONFLICT (id) DO NOTHING"))
                .isEqualTo("0A000");
        assertThat(onlyFault(ParentRule.on(graph, "ruled")).fault()).contains("ON CONFLICT", "rules");
        assertThat(sqlState(database, "INSERT INTO ruled_child VALUES (1) ON CONFLICT (id) DO NOTHING"))
                .isEqualTo("0A000");
        assertThat(onlyFault(ChildRule.on(graph, "ruled_child", parent).onceBy("id"))
                        .fault())
                .contains("ON CONFLICT", "rules");
    }

    @Test
    void refusesATableWhoseRulesForbidReturning(Database database) {
        assertThat(sqlState(database, "INSERT INTO quiet VALUES (1) ON CONFLICT (id) DO NOTHING RETURNING id"))
                .isEqualTo("0A000");
        assertThat(onlyFault(ParentRule.on(graph, "quiet")).fault()).contains("RETURNING", "rules");
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(onlyFault(ChildRule.on(graph, "quiet", parent).returning("id"))
                        .fault())
                .contains("RETURNING", "rules");
        assertThat(ChildRule.on(graph, "quiet", parent).build().table().rewritesInserts())
                .isTrue();
    }

    @Test
    void refusesAView() {
        assertThat(invalid(ParentRule.on(graph, "seen")).faults())
                .extracting(RuleFault::fault)
                .contains("public.seen is a VIEW, which cannot be locked row by row");
    }

    @Test
    void refusesARequiredStateWithoutStates() {
        assertThat(onlyFault(ParentRule.on(graph, "plain").requireState("title"))
                        .fault())
                .contains("names no state");
    }

    @Test
    void asksForTheColumnsWhereSeveralForeignKeysLeadToTheParent() {
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(onlyFault(ChildRule.on(graph, "twice", parent)).fault())
                .startsWith("2 foreign keys")
                .contains("[plain_a]", "[plain_b]");
        assertThat(ChildRule.on(graph, "twice", parent)
                        .columns("plain_b")
                        .build()
                        .columns())
                .hasToString("[plain_b]");
    }

    @Test
    void refusesAReferenceWithoutForeignKey() {
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(onlyFault(ChildRule.on(graph, "twice", parent).columns("loose")))
                .isEqualTo(new RuleFault(
                        "no foreign key from public.twice[loose] to public.plain",
                        "ALTER TABLE \"public\".\"twice\" ADD FOREIGN KEY (\"loose\") REFERENCES \"public\".\"plain\""
                                + " (\"id\")"));
        assertThat(onlyFault(ChildRule.on(graph, "keyless", parent)).fault()).startsWith("no foreign key leads from");
        assertThat(onlyFault(ChildRule.on(graph, "twice", parent).columns("plain_a", "plain_b"))
                        .fault())
                .contains("do not pair");
    }

    @Test
    void asksForTheReferencedKeyWhereItIsNotThePrimaryOne() {
        ParentRule byPrimaryKey = ParentRule.on(graph, "plain").key("code").build();
        RuleFault fault = onlyFault(ChildRule.on(graph, "by_code", byPrimaryKey));
        assertThat(fault.fault()).contains("by_code_fk", "[code]");
        assertThat(fault.cure()).contains("referencedBy");
        ParentRule byCode =
                ParentRule.on(graph, "plain").key("code").referencedBy("code").build();
        assertThat(ChildRule.on(graph, "by_code", byCode).build().columns()).hasToString("[code]");
    }

    @Test
    void refusesAForeignKeyThatIsNotEnforced() {
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(onlyFault(ChildRule.on(graph, "unguarded", parent)).fault())
                .isEqualTo("unguarded_fk is not enforced");
        assertThat(onlyFault(ChildRule.on(graph, "unchecked", parent)))
                .isEqualTo(new RuleFault(
                        "unchecked_fk is NOT VALID: older rows may be orphans",
                        "ALTER TABLE \"public\".\"unchecked\" VALIDATE CONSTRAINT \"unchecked_fk\""));
    }

    @Test
    void acceptsAnEnforcedForeignKeyBesideAWeakerOne() {
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(ChildRule.on(graph, "doubled", parent).build().columns()).hasToString("[plain_id]");
    }

    @Test
    void refusesToCallAnEnforcedReferenceSoft() {
        ParentRule soft = ParentRule.on(graph, "plain").soft().build();
        assertThat(onlyFault(ChildRule.on(graph, "twice", soft).columns("plain_a"))
                        .fault())
                .contains("declared soft");
        assertThat(onlyFault(ChildRule.on(graph, "doubled", soft)).fault()).contains("declared soft", "enforces it");
        assertThat(ChildRule.on(graph, "twice", soft).columns("loose").build().columns())
                .hasToString("[loose]");
        assertThat(ChildRule.on(graph, "unguarded", soft).build().columns()).hasToString("[plain_id]");
    }

    @Test
    void refusesToRecogniseChildrenByAKeyThatDoesNotReachThem() {
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(onlyFault(ChildRule.on(graph, "old_style", parent).onceBy("id"))
                        .fault())
                .startsWith("the key old_style_pkey does not reach");
        assertThat(ChildRule.on(graph, "old_style", parent).build().table().inherited())
                .isTrue();
        assertThat(ChildRule.on(graph, "new_style", parent)
                        .onceBy("id")
                        .build()
                        .table()
                        .inherited())
                .isFalse();
    }

    @Test
    void saysAllThatIsWrongWithAChild() {
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(invalid(ChildRule.on(graph, "twice", parent)
                                .columns("loose")
                                .onceBy("plain_a")
                                .returning("nothing"))
                        .faults())
                .hasSize(3);
    }

    private static String sqlState(Database database, String sql) {
        PSQLException failed = catchThrowableOfType(PSQLException.class, () -> database.execute(sql));
        assertThat((Throwable) failed).as(sql).isNotNull();
        return failed.getSQLState();
    }

    private static RuleFault onlyFault(ParentRuleBuilder builder) {
        return onlyFault(builder::build);
    }

    private static RuleFault onlyFault(ChildRuleBuilder builder) {
        return onlyFault(builder::build);
    }

    private static RuleFault onlyFault(ThrowingCallable call) {
        List<RuleFault> faults = invalid(call).faults();
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).cure()).isNotBlank();
        return faults.get(0);
    }

    private static InvalidRuleException invalid(ParentRuleBuilder builder) {
        return invalid(builder::build);
    }

    private static InvalidRuleException invalid(ChildRuleBuilder builder) {
        return invalid(builder::build);
    }

    private static InvalidRuleException invalid(ThrowingCallable call) {
        InvalidRuleException invalid = catchThrowableOfType(InvalidRuleException.class, call);
        assertThat(invalid).isNotNull();
        assertThat(invalid.code()).isEqualTo(FailureCode.RULE_INVALID);
        assertThat(invalid.resolution()).isNotEmpty();
        assertThat(invalid.sqlState()).isEmpty();
        return invalid;
    }
}

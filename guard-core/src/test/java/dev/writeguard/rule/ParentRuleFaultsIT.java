package dev.writeguard.rule;

import static dev.writeguard.rule.RefusedRules.invalid;
import static dev.writeguard.rule.RefusedRules.onlyFault;
import static dev.writeguard.rule.RefusedRules.sqlState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.sql.TableName;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules for parents that do not fit the database: all faults are found when the rule is compiled, each with its cure. */
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
        CREATE VIEW seen AS SELECT * FROM plain;
        """)
class ParentRuleFaultsIT {

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
}

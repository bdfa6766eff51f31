package dev.writeguard.rule;

import static dev.writeguard.rule.RefusedRules.onlyFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A unique index is a key only where it calls equal what its columns call equal. */
@Schema("""
        CREATE SCHEMA ext;
        CREATE EXTENSION citext SCHEMA ext;
        CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TYPE mood AS ENUM ('GOOD', 'BAD');
        CREATE TYPE pair AS (a numeric, b text);
        CREATE DOMAIN code AS varchar(9);
        CREATE DOMAIN code_again AS code;
        CREATE TABLE people (
            id int PRIMARY KEY,
            finer text COLLATE ignore_case, coarser text, domain_coarser code_again, blanks text, image pair, beside text,
            plain text COLLATE ignore_case UNIQUE, c text, starts text, varying_starts varchar(9), padded_starts char(9),
            varying varchar(9), code code_again, net cidr, "citext" ext.citext, texts text[], mood mood, during int4range,
            "pair" pair, number numeric);
        CREATE UNIQUE INDEX people_finer ON people (finer COLLATE "C");
        CREATE UNIQUE INDEX people_coarser ON people (coarser COLLATE ignore_case);
        CREATE UNIQUE INDEX people_domain_coarser ON people (domain_coarser COLLATE ignore_case);
        CREATE UNIQUE INDEX people_blanks ON people (blanks bpchar_ops);
        CREATE UNIQUE INDEX people_image ON people (image record_image_ops);
        CREATE UNIQUE INDEX people_beside ON people (id, beside COLLATE ignore_case);
        CREATE UNIQUE INDEX people_c ON people (c COLLATE "C");
        CREATE UNIQUE INDEX people_starts ON people (starts text_pattern_ops);
        CREATE UNIQUE INDEX people_varying_starts ON people (varying_starts varchar_pattern_ops);
        CREATE UNIQUE INDEX people_padded_starts ON people (padded_starts bpchar_pattern_ops);
        CREATE UNIQUE INDEX people_varying ON people (varying varchar_ops);
        CREATE UNIQUE INDEX people_code ON people (code);
        CREATE UNIQUE INDEX people_net ON people (net cidr_ops);
        CREATE UNIQUE INDEX people_citext ON people ("citext");
        CREATE UNIQUE INDEX people_texts ON people (texts);
        CREATE UNIQUE INDEX people_mood ON people (mood);
        CREATE UNIQUE INDEX people_during ON people (during);
        CREATE UNIQUE INDEX people_pair ON people ("pair");
        CREATE UNIQUE INDEX people_number ON people (number) INCLUDE (beside);
        CREATE TABLE calls (id int PRIMARY KEY, person_id int REFERENCES people, nonce text COLLATE ignore_case);
        CREATE UNIQUE INDEX calls_nonce ON calls (nonce COLLATE "C");
        """)
class KeyEqualityIT {

    private SchemaGraph graph;

    @BeforeEach
    void read(Database database) throws SQLException {
        graph = SchemaGraph.read(database.connect());
    }

    /** The danger: two rows, and each is the one of that key. */
    @Test
    void isNotKeptByAnIndexOfAnotherCollation(Database database) throws SQLException {
        database.execute("INSERT INTO people (id, finer) VALUES (1, 'Ann'), (2, 'ann')");
        assertThat(database.queryLong("SELECT count(*) FROM people WHERE finer = 'ANN'"))
                .isEqualTo(2);
        database.execute("DELETE FROM people");
    }

    @ParameterizedTest
    @ValueSource(strings = {"finer", "coarser", "domain_coarser", "blanks", "image"})
    void ofAKeyIsThatOfItsColumn(String column) {
        RuleFault fault = onlyFault(ParentRule.on(graph, "people").key(column)::build);
        assertThat(fault.fault())
                .isEqualTo("public.people has no unique key over [" + column + "] that ON CONFLICT can name: the index"
                        + " people_" + column + " compares by another collation or operator class than its columns");
        assertThat(fault.cure())
                .isEqualTo("ALTER TABLE \"public\".\"people\" ADD UNIQUE (\"" + column
                        + "\"); DROP INDEX \"public\".\"people_" + column + "\"");
        assertThat(onlyFault(ParentRule.on(graph, "people").referencedBy(column)::build)
                        .fault())
                .contains("that children could refer to: the index people_" + column + " compares by another");
    }

    @Test
    void ofAKeyOfSeveralColumnsIsThatOfEach() {
        assertThat(onlyFault(ParentRule.on(graph, "people").key("id", "beside")::build)
                        .fault())
                .contains("people_beside compares by another collation");
    }

    @Test
    void ofAChildThatIsSentTwiceIsThatOfItsColumn() {
        ParentRule people = ParentRule.on(graph, "people").build();
        assertThat(onlyFault(ChildRule.on(graph, "calls", people).onceBy("nonce")::build)
                        .fault())
                .contains("calls_nonce compares by another collation");
    }

    @Test
    void isThatOfTheColumnAfterTheCure(Database database) throws SQLException {
        database.execute("CREATE TABLE cured (id int PRIMARY KEY, name text);"
                + " CREATE UNIQUE INDEX \"Odd \"\"index\"\"\" ON cured (name COLLATE ignore_case)");
        read(database);
        RuleFault fault = onlyFault(ParentRule.on(graph, "cured").key("name")::build);
        database.execute(fault.cure());
        read(database);
        assertThat(ParentRule.on(graph, "cured").key("name").build().key().columns())
                .hasToString("[name]");
        assertThat(graph.table("cured").map(Table::indexes).orElseThrow()).hasSize(2);
    }

    /** Strings are equal byte by byte in every deterministic collation, and in PostgreSQL's own other classes. */
    @ParameterizedTest
    @CsvSource({
        "plain, people_plain_key",
        "c, people_c",
        "starts, people_starts",
        "varying_starts, people_varying_starts",
        "padded_starts, people_padded_starts",
        "varying, people_varying",
        "code, people_code",
        "net, people_net",
        "citext, people_citext",
        "texts, people_texts",
        "mood, people_mood",
        "during, people_during",
        "pair, people_pair",
        "number, people_number"
    })
    void isTheSameInAnotherOrder(String column, String index) {
        assertThat(ParentRule.on(graph, "people").key(column).build().key().name())
                .hasToString(index);
    }
}

package dev.writeguard.rule;

import static dev.writeguard.rule.RefusedRules.onlyFault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;

/** Tables whose rows are not all their own, and relations that are no tables. */
@Schema("""
        CREATE TABLE places (id int PRIMARY KEY);
        CREATE TABLE cities (mayor text) INHERITS (places);
        CREATE TABLE visits (id int PRIMARY KEY, place_id int REFERENCES places);
        CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (100);
        CREATE TABLE users (id int PRIMARY KEY);
        CREATE TABLE notes (id int PRIMARY KEY, user_id int, body text);
        CREATE VIEW plain_notes AS SELECT * FROM notes;
        CREATE VIEW kept_notes AS SELECT * FROM notes;
        CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
        CREATE TRIGGER keep INSTEAD OF INSERT ON kept_notes FOR EACH ROW EXECUTE FUNCTION keep();
        CREATE FOREIGN DATA WRAPPER elsewhere;
        CREATE SERVER elsewhere FOREIGN DATA WRAPPER elsewhere;
        CREATE FOREIGN TABLE far_notes (id int, user_id int, body text) SERVER elsewhere;
        """)
class RelationKindsIT {

    private SchemaGraph graph;

    @BeforeEach
    void read(Database database) throws SQLException {
        graph = SchemaGraph.read(database.connect());
    }

    /** The foreign key does not find what a look at the table finds. */
    @Test
    void refusesAParentWhoseKeyDoesNotReachAllOfItsRows(Database database) throws SQLException {
        database.execute("INSERT INTO cities VALUES (1, 'Ann')");
        assertThat(database.queryLong("SELECT count(*) FROM places WHERE id = 1"))
                .isEqualTo(1);
        PSQLException failed =
                catchThrowableOfType(PSQLException.class, () -> database.execute("INSERT INTO visits VALUES (1, 1)"));
        assertThat(failed.getSQLState()).isEqualTo("23503");
        assertThat(onlyFault(() -> ParentRule.on(graph, "places").build()).fault())
                .startsWith("the key places_pkey does not reach the tables that inherit from public.places");
        assertThat(onlyFault(() -> ParentRule.on(graph, "places").soft().build())
                        .cure())
                .contains("partitions");
    }

    @Test
    void acceptsPartitionsAsParents() {
        assertThat(ParentRule.on(graph, "parts").build().table().inherited()).isFalse();
        assertThat(ParentRule.on(graph, "parts_low").build().table().inherited())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"plain_notes, VIEW", "kept_notes, VIEW", "far_notes, FOREIGN"})
    void refusesAChildOfWhichNobodyKnowsWhatAnInsertStores(String name, String kind) {
        ParentRule users = ParentRule.on(graph, "users").soft().build();
        assertThat(onlyFault(() -> ChildRule.on(graph, name, users)
                                .columns("user_id")
                                .build())
                        .fault())
                .startsWith("public." + name + " is a " + kind);
        assertThat(ChildRule.on(graph, "notes", users)
                        .columns("user_id")
                        .build()
                        .table()
                        .name())
                .hasToString("public.notes");
    }
}

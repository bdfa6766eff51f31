package dev.writeguard.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** Tables whose rows are not all their own. */
@Schema("""
        CREATE TABLE places (id int PRIMARY KEY);
        CREATE TABLE cities (mayor text) INHERITS (places);
        CREATE TABLE visits (id int PRIMARY KEY, place_id int REFERENCES places);
        CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (100);
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

    private static RuleFault onlyFault(ThrowingCallable call) {
        InvalidRuleException invalid = catchThrowableOfType(InvalidRuleException.class, call);
        assertThat(invalid).as("what is wrong with the rule").isNotNull();
        List<RuleFault> faults = invalid.faults();
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).cure()).isNotBlank();
        return faults.get(0);
    }
}

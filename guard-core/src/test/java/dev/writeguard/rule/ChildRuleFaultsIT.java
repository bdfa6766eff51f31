package dev.writeguard.rule;

import static dev.writeguard.rule.RefusedRules.invalid;
import static dev.writeguard.rule.RefusedRules.onlyFault;
import static dev.writeguard.rule.RefusedRules.sqlState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules for children that do not fit the database, or their parent's rule. */
@Schema("""
        CREATE TABLE plain (id int PRIMARY KEY, code text UNIQUE);
        CREATE TABLE keyless (id int NOT NULL, title text);
        CREATE TABLE ruled (id int PRIMARY KEY, title text);
        CREATE RULE ruled_update AS ON UPDATE TO ruled DO ALSO NOTHING;
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
class ChildRuleFaultsIT {

    private SchemaGraph graph;

    @BeforeEach
    void read(Database database) throws SQLException {
        graph = SchemaGraph.read(database.connect());
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
    void saysAllThatIsWrongWithAChild() {
        ParentRule parent = ParentRule.on(graph, "plain").build();
        assertThat(invalid(ChildRule.on(graph, "twice", parent)
                                .columns("loose")
                                .onceBy("plain_a")
                                .returning("nothing"))
                        .faults())
                .hasSize(3);
    }
}

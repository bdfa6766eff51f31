package dev.writeguard.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.schema.ForeignKey.Action;
import dev.writeguard.schema.ForeignKey.Timing;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** What the graph says about keys, references, checks, indexes, triggers and rules. */
@Schema("""
        CREATE TABLE keys (
            a int, b int, c text, d int4range, e int, f text,
            PRIMARY KEY (b, a),
            CONSTRAINT plain_key UNIQUE (c),
            CONSTRAINT late_key UNIQUE (e) DEFERRABLE,
            CONSTRAINT later_key UNIQUE (e, a) DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT covering_key UNIQUE (f) INCLUDE (a, b),
            CONSTRAINT apart EXCLUDE USING gist (d WITH &&),
            CONSTRAINT late_apart EXCLUDE USING gist (d WITH &&, int4range(a, b) WITH &&) DEFERRABLE,
            CONSTRAINT positive CHECK (a > 0 AND b > 0));
        ALTER TABLE keys ADD CONSTRAINT unchecked CHECK (c <> '') NOT VALID;
        CREATE UNIQUE INDEX bare_index ON keys (e, f);
        CREATE UNIQUE INDEX covering_index ON keys (e, c) INCLUDE (f);
        CREATE UNIQUE INDEX partial_index ON keys (a) WHERE b IS NULL;
        CREATE UNIQUE INDEX expression_index ON keys (b, lower(c));
        CREATE INDEX lookup_index ON keys USING hash (f);
        CREATE INDEX sorted_index ON keys (c DESC NULLS LAST, a);

        CREATE TABLE parents (id int PRIMARY KEY, code text UNIQUE, x int, y int, UNIQUE (x, y));
        CREATE TABLE references_all (
            plain int CONSTRAINT fk_plain REFERENCES parents,
            restricted int CONSTRAINT fk_restricted REFERENCES parents ON DELETE RESTRICT ON UPDATE CASCADE,
            cascading int CONSTRAINT fk_cascading REFERENCES parents ON DELETE CASCADE,
            nulling int CONSTRAINT fk_nulling REFERENCES parents ON DELETE SET NULL,
            defaulting int CONSTRAINT fk_defaulting REFERENCES parents ON DELETE SET DEFAULT,
            late int CONSTRAINT fk_late REFERENCES parents DEFERRABLE,
            later int CONSTRAINT fk_later REFERENCES parents DEFERRABLE INITIALLY DEFERRED,
            code text CONSTRAINT fk_code REFERENCES parents (code),
            first int, second int, CONSTRAINT fk_pair FOREIGN KEY (second, first) REFERENCES parents (y, x));
        ALTER TABLE references_all ADD CONSTRAINT fk_unchecked FOREIGN KEY (plain) REFERENCES parents NOT VALID;
        CREATE TABLE asleep (
            plain int CONSTRAINT fk_asleep REFERENCES parents, other int CONSTRAINT fk_other REFERENCES parents);
        CREATE TABLE tree (id int PRIMARY KEY, parent int CONSTRAINT fk_tree REFERENCES tree);

        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TABLE triggered (id int PRIMARY KEY);
        CREATE TRIGGER "Before Row" BEFORE INSERT OR UPDATE ON triggered FOR EACH ROW EXECUTE FUNCTION nothing();
        CREATE TRIGGER before_update BEFORE UPDATE ON triggered FOR EACH ROW EXECUTE FUNCTION nothing();
        CREATE TRIGGER after_row AFTER INSERT ON triggered FOR EACH ROW EXECUTE FUNCTION nothing();
        CREATE TRIGGER before_statement BEFORE INSERT ON triggered EXECUTE FUNCTION nothing();
        CREATE TABLE states (id int PRIMARY KEY);
        CREATE TRIGGER t BEFORE INSERT ON states FOR EACH ROW EXECUTE FUNCTION nothing();
        CREATE TABLE ruled (id int PRIMARY KEY);
        CREATE RULE r AS ON DELETE TO ruled DO INSTEAD NOTHING;
        """)
class ConstraintsIT {

    private SchemaGraph graph;

    @BeforeEach
    void read(Database database) throws SQLException {
        graph = SchemaGraph.read(database.connect());
    }

    @Test
    void tellsRealKeysFromOtherUniqueIndexes() {
        assertThat(table("keys").uniqueKeys())
                .extracting(key -> key.name() + " " + key.columns())
                .containsExactlyInAnyOrder(
                        "keys_pkey [b, a]",
                        "plain_key [c]",
                        "late_key [e]",
                        "later_key [e, a]",
                        "covering_key [f]",
                        "bare_index [e, f]",
                        "covering_index [e, c]");
        assertThat(table("keys").uniqueKeys().get(0).primary()).isTrue();
        assertThat(table("keys").primaryKey().orElseThrow().columns()).hasToString("[b, a]");
        assertThat(table("references_all").primaryKey()).isEmpty();
    }

    @Test
    void knowsWhichKeysOnConflictCanName() {
        assertThat(table("keys").uniqueKeys())
                .filteredOn(UniqueKey::deferrable)
                .extracting(key -> key.name().name())
                .containsExactlyInAnyOrder("late_key", "later_key");
        assertThat(table("keys").uniqueKeys()).allSatisfy(key -> {
            assertThat(key.conflictTarget()).isEqualTo(!key.deferrable());
            assertThat(key.temporal()).isFalse();
            assertThat(key.nullsNotDistinct()).isFalse();
        });
    }

    @Test
    void knowsWhetherTwoNullsAreEqual(Database database) throws SQLException {
        String ddl = "CREATE TABLE single_null (a int UNIQUE NULLS NOT DISTINCT)";
        if (database.server().majorVersion() < 15) {
            assertThat(sqlState(database, ddl)).isEqualTo("42601");
            return;
        }
        database.execute(ddl);
        read(database);
        assertThat(table("single_null").uniqueKeys().get(0).nullsNotDistinct()).isTrue();
    }

    @Test
    void describesEveryIndex(Database database) throws SQLException {
        assertThat(table("keys").indexes())
                .extracting(index -> String.join(
                        " ",
                        index.name().name(),
                        index.method(),
                        index.columns().toString(),
                        index.unique() ? "unique" : "",
                        index.partial() ? "partial" : "",
                        index.expression() ? "expression" : "",
                        index.exclusion() ? "exclusion" : ""))
                .extracting(text -> text.replaceAll(" +", " ").strip())
                .containsExactlyInAnyOrder(
                        "keys_pkey btree [b, a] unique",
                        "plain_key btree [c] unique",
                        "late_key btree [e] unique",
                        "later_key btree [e, a] unique",
                        "covering_key btree [f] unique",
                        "bare_index btree [e, f] unique",
                        "covering_index btree [e, c] unique",
                        "partial_index btree [a] unique partial",
                        "expression_index btree [b] unique expression",
                        "lookup_index hash [f]",
                        "sorted_index btree [c, a]",
                        "apart gist [d] exclusion",
                        "late_apart gist [d] expression exclusion");
        assertThat(table("keys").indexes()).allMatch(Index::valid);
        database.execute("CREATE TABLE twins (a int); INSERT INTO twins VALUES (1), (1)");
        assertThat(sqlState(database, "CREATE UNIQUE INDEX CONCURRENTLY broken ON twins (a)"))
                .isEqualTo("23505");
        read(database);
        assertThat(table("twins").indexes()).hasSize(1).noneMatch(Index::valid);
        assertThat(table("twins").uniqueKeys()).isEmpty();
    }

    @Test
    void knowsWhichIndexFindsChildren() {
        Table keys = table("keys");
        Column a = keys.column("a").orElseThrow();
        Column b = keys.column("b").orElseThrow();
        Column c = keys.column("c").orElseThrow();
        assertThat(leading(keys, List.of(a, b))).containsExactlyInAnyOrder("keys_pkey");
        assertThat(leading(keys, List.of(c))).containsExactlyInAnyOrder("plain_key", "sorted_index");
        assertThat(leading(keys, List.of(a))).isEmpty();
    }

    private static List<String> leading(Table table, List<Column> columns) {
        return table.indexes().stream()
                .filter(index -> index.leads(columns))
                .map(index -> index.name().name())
                .toList();
    }

    @Test
    void describesChecksAndExclusions(Database database) throws SQLException {
        assertThat(table("keys").checks())
                .filteredOn(check -> !check.name().name().endsWith("_not_null"))
                .extracting(check -> String.join(
                        " ",
                        check.name().name(),
                        check.kind().name(),
                        check.columns().toString(),
                        check.deferrable() ? "deferrable" : "",
                        check.validated() ? "validated" : ""))
                .extracting(text -> text.replaceAll(" +", " ").strip())
                .containsExactlyInAnyOrder(
                        "positive CHECK [a, b] validated",
                        "unchecked CHECK [c]",
                        "apart EXCLUDE [d] validated",
                        "late_apart EXCLUDE [d] deferrable validated");
        assertThat(table("keys").checks()).allMatch(Check::enforced);
        assertThat(table("keys").checks())
                .extracting(Check::definition)
                .contains("CHECK (((a > 0) AND (b > 0)))", "EXCLUDE USING gist (d WITH &&)");
        String ddl = "CREATE TABLE trusting (a int CHECK (a > 0) NOT ENFORCED)";
        if (database.server().majorVersion() < 18) {
            assertThat(sqlState(database, ddl)).isEqualTo("42601");
        } else {
            database.execute(ddl);
            read(database);
            assertThat(table("trusting").checks()).hasSize(1).noneMatch(Check::enforced);
        }
    }

    @Test
    void describesForeignKeys() {
        assertThat(graph.foreignKeysOf(table("references_all")))
                .extracting(key -> String.join(
                        " ",
                        key.name().name(),
                        key.childColumns().toString(),
                        key.parentColumns().toString(),
                        String.valueOf(key.parentKey()),
                        key.onDelete().name(),
                        key.onUpdate().name(),
                        key.timing().name(),
                        String.valueOf(key.validated())))
                .containsExactlyInAnyOrder(
                        "fk_plain [plain] [id] parents_pkey NO_ACTION NO_ACTION IMMEDIATE true",
                        "fk_restricted [restricted] [id] parents_pkey RESTRICT CASCADE IMMEDIATE true",
                        "fk_cascading [cascading] [id] parents_pkey CASCADE NO_ACTION IMMEDIATE true",
                        "fk_nulling [nulling] [id] parents_pkey SET_NULL NO_ACTION IMMEDIATE true",
                        "fk_defaulting [defaulting] [id] parents_pkey SET_DEFAULT NO_ACTION IMMEDIATE true",
                        "fk_late [late] [id] parents_pkey NO_ACTION NO_ACTION DEFERRABLE true",
                        "fk_later [later] [id] parents_pkey NO_ACTION NO_ACTION INITIALLY_DEFERRED true",
                        "fk_code [code] [code] parents_code_key NO_ACTION NO_ACTION IMMEDIATE true",
                        "fk_pair [second, first] [y, x] parents_x_y_key NO_ACTION NO_ACTION IMMEDIATE true",
                        "fk_unchecked [plain] [id] parents_pkey NO_ACTION NO_ACTION IMMEDIATE false");
        assertThat(graph.foreignKeysOf(table("references_all"))).allSatisfy(key -> {
            assertThat(key.enforced()).isTrue();
            assertThat(key.period()).isFalse();
            assertThat(key.inheritedFrom()).isNull();
            assertThat(key.child()).isSameAs(table("references_all"));
            assertThat(key.parent()).isSameAs(table("parents"));
        });
        assertThat(Action.values()).hasSize(5);
        assertThat(Timing.values()).hasSize(3);
    }

    @Test
    void findsForeignKeysFromBothEnds() {
        assertThat(graph.foreignKeysTo(table("parents"))).hasSize(12);
        assertThat(graph.foreignKeysTo(table("tree"))).isEqualTo(graph.foreignKeysOf(table("tree")));
        assertThat(graph.foreignKeysOf(table("parents"))).isEmpty();
        assertThat(graph.foreignKeys()).containsAll(graph.foreignKeysTo(table("parents")));
    }

    @Test
    void callsAForeignKeyWhoseTriggersAreDisabledNotEnforced(Database database) throws SQLException {
        assertThat(enforced("asleep")).containsExactly("fk_asleep", "fk_other");
        database.execute("ALTER TABLE asleep DISABLE TRIGGER ALL");
        read(database);
        assertThat(enforced("asleep")).isEmpty();
        database.execute("ALTER TABLE asleep ENABLE TRIGGER ALL");
        String onParent = database.queryStrings(
                        "SELECT quote_ident(tgname) FROM pg_trigger t JOIN pg_constraint c ON c.oid = tgconstraint"
                                + " WHERE conname = 'fk_other' AND tgrelid = 'parents'::regclass LIMIT 1")
                .get(0);
        database.execute("ALTER TABLE parents ENABLE REPLICA TRIGGER " + onParent);
        read(database);
        assertThat(enforced("asleep")).containsExactly("fk_asleep");
        database.execute("ALTER TABLE parents ENABLE TRIGGER " + onParent);
        read(database);
        assertThat(enforced("asleep")).containsExactly("fk_asleep", "fk_other");
    }

    @Test
    void knowsAForeignKeyThatIsNotEnforcedByDeclaration(Database database) throws SQLException {
        String ddl = "CREATE TABLE trusted (id int CONSTRAINT fk_trusted REFERENCES parents NOT ENFORCED)";
        if (database.server().majorVersion() < 18) {
            assertThat(sqlState(database, ddl)).isIn("42601", "0A000");
            return;
        }
        database.execute(ddl);
        read(database);
        assertThat(graph.foreignKeysOf(table("trusted"))).hasSize(1).allSatisfy(key -> {
            assertThat(key.enforced()).isFalse();
            assertThat(key.validated()).isFalse();
        });
        database.execute("DROP TABLE trusted");
    }

    @Test
    void knowsTemporalKeysAndReferences(Database database) throws SQLException {
        String ddl = """
                CREATE TABLE stays (
                    room int4range, during daterange, CONSTRAINT stays_key PRIMARY KEY (room, during WITHOUT OVERLAPS));
                CREATE TABLE meals (room int4range, during daterange, CONSTRAINT fk_stay
                    FOREIGN KEY (room, PERIOD during) REFERENCES stays (room, PERIOD during));""";
        if (database.server().majorVersion() < 18) {
            assertThat(sqlState(database, ddl)).isEqualTo("42601");
            return;
        }
        database.execute(ddl);
        read(database);
        UniqueKey key = table("stays").primaryKey().orElseThrow();
        assertThat(key.columns()).hasToString("[room, during]");
        assertThat(key.temporal()).isTrue();
        assertThat(key.conflictTarget()).isFalse();
        assertThat(key.deferrable()).isFalse();
        assertThat(table("stays").indexes()).hasSize(1).allMatch(Index::exclusion);
        assertThat(graph.foreignKeysOf(table("meals"))).hasSize(1).allMatch(ForeignKey::period);
    }

    @Test
    void describesTriggersAndTheirState(Database database) throws SQLException {
        assertThat(table("triggered").triggers())
                .extracting(trigger -> trigger.name() + " " + trigger.beforeInsertRow() + " " + trigger.state())
                .containsExactlyInAnyOrder(
                        "Before Row true O", "before_update false O", "after_row false O", "before_statement false O");
        assertThat(table("triggered").rewritesInserts()).isTrue();
        assertThat(table("parents").triggers())
                .as("the server's own are left out")
                .isEmpty();
        for (String state : List.of(
                "DISABLE TRIGGER D", "ENABLE REPLICA TRIGGER R", "ENABLE ALWAYS TRIGGER A", "ENABLE TRIGGER O")) {
            char letter = state.charAt(state.length() - 1);
            database.execute("ALTER TABLE states " + state.substring(0, state.length() - 1) + "t");
            read(database);
            assertThat(table("states").triggers()).extracting(Trigger::state).containsExactly(letter);
            assertThat(table("states").rewritesInserts()).isEqualTo(letter == 'O' || letter == 'A');
        }
    }

    @Test
    void knowsWhichRulesConcernAnInsert(Database database) throws SQLException {
        assertThat(table("ruled").rewritesInserts()).isFalse();
        assertThat(table("ruled").refusesOnConflict()).isFalse();
        database.execute("CREATE RULE u AS ON UPDATE TO ruled DO ALSO NOTHING");
        read(database);
        assertThat(table("ruled").rewritesInserts()).isFalse();
        assertThat(table("ruled").refusesOnConflict()).isTrue();
        database.execute("DROP RULE u ON ruled; CREATE RULE i AS ON INSERT TO ruled DO INSTEAD NOTHING");
        read(database);
        assertThat(table("ruled").rewritesInserts()).isTrue();
        assertThat(table("ruled").refusesOnConflict()).isTrue();
    }

    private List<String> enforced(String table) {
        return graph.foreignKeysOf(table(table)).stream()
                .filter(ForeignKey::enforced)
                .map(key -> key.name().name())
                .toList();
    }

    private Table table(String name) {
        return graph.table(name).orElseThrow();
    }

    private static String sqlState(Database database, String sql) {
        PSQLException failed = catchThrowableOfType(PSQLException.class, () -> database.execute(sql));
        assertThat((Throwable) failed).as(sql).isNotNull();
        return failed.getSQLState();
    }
}

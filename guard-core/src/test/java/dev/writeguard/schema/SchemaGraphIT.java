package dev.writeguard.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Table.Kind;
import dev.writeguard.schema.Table.Privilege;
import dev.writeguard.sql.TableName;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.PostgresServer;
import dev.writeguard.testkit.Role;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.WireCounts;
import dev.writeguard.testkit.WireProxy;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/** How the graph is read, from whose point of view, and under which names things are found in it. */
@Schema("""
        CREATE SCHEMA app;
        CREATE SCHEMA "Odd ""schema"";";
        CREATE TABLE items (id int PRIMARY KEY);
        CREATE TABLE app.items (id int PRIMARY KEY, item_id int REFERENCES public.items);
        CREATE TABLE app.only_here (id int PRIMARY KEY);
        CREATE TABLE "select" (id int PRIMARY KEY, "from" int, "Mixed Case" int, "a ""quoted"" one" int, "semi;colon" int);
        CREATE TABLE "Select" (id int PRIMARY KEY);
        CREATE TABLE "Odd ""schema"";"."percent %s ? $1 {x}" (id int PRIMARY KEY);
        CREATE VIEW seen AS SELECT * FROM items;
        CREATE MATERIALIZED VIEW stored AS SELECT * FROM items;
        CREATE TABLE secured (id int PRIMARY KEY, owner text);
        ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
        CREATE TABLE forced (id int PRIMARY KEY);
        ALTER TABLE forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        """)
class SchemaGraphIT {

    @Test
    void findsTablesBySchemaAndName(Database database) throws SQLException {
        SchemaGraph graph = SchemaGraph.read(database.connect());
        Table here = graph.table(TableName.of("public", "items")).orElseThrow();
        Table there = graph.table(TableName.of("app", "items")).orElseThrow();
        assertThat(here).isNotEqualTo(there);
        assertThat(graph.table(here.oid())).containsSame(here);
        assertThat(graph.table(TableName.of("app", "nothing"))).isEmpty();
        assertThat(graph.foreignKeysOf(there))
                .hasSize(1)
                .allSatisfy(key -> assertThat(key.parent()).isSameAs(here));
        assertThat(graph.majorVersion()).isEqualTo(database.server().majorVersion());
    }

    @Test
    void findsByNameAloneWhatTheSearchPathShows(Database database) throws SQLException {
        Connection connection = database.connect();
        assertThat(SchemaGraph.read(connection).table("items").orElseThrow()).hasToString("public.items");
        assertThat(SchemaGraph.read(connection).table("only_here")).isEmpty();
        execute(connection, "SET search_path = app, public");
        assertThat(SchemaGraph.read(connection).table("items").orElseThrow()).hasToString("app.items");
        assertThat(SchemaGraph.read(connection).table("only_here")).isPresent();
        execute(connection, "SET search_path = ''");
        assertThat(SchemaGraph.read(connection).table("items")).isEmpty();
        assertThat(SchemaGraph.read(connection).table(TableName.of("public", "items")))
                .isPresent();
    }

    @Test
    void takesNamesAsTheCatalogSpellsThem(Database database) throws SQLException {
        SchemaGraph graph = SchemaGraph.read(database.connect());
        Table reserved = graph.table("select").orElseThrow();
        assertThat(reserved).isNotEqualTo(graph.table("Select").orElseThrow());
        assertThat(reserved.columns())
                .extracting(column -> column.name().name())
                .containsExactly("id", "from", "Mixed Case", "a \"quoted\" one", "semi;colon");
        assertThat(reserved.column("mixed case")).isEmpty();
        assertThat(graph.table(TableName.of("Odd \"schema\";", "percent %s ? $1 {x}"))
                        .orElseThrow()
                        .name()
                        .text())
                .isEqualTo("\"Odd \"\"schema\"\";\".\"percent %s ? $1 {x}\"");
    }

    @Test
    void leavesOutWhatBelongsToTheServerOrToOneSession(Database database) throws SQLException {
        Connection connection = database.connect();
        execute(connection, "CREATE TEMPORARY TABLE mine (id int PRIMARY KEY)");
        SchemaGraph graph = SchemaGraph.read(connection);
        assertThat(graph.table("mine")).isEmpty();
        assertThat(graph.table("pg_class")).isEmpty();
        assertThat(graph.table("stored")).isEmpty();
        assertThat(graph.table("seen").orElseThrow().kind()).isEqualTo(Kind.VIEW);
        assertThat(graph.tables())
                .extracting(table -> table.name().schema().name())
                .containsOnly("public", "app", "Odd \"schema\";");
    }

    @Test
    void listsTablesInTheOrderOfTheirCreation(Database database) throws SQLException {
        SchemaGraph graph = SchemaGraph.read(database.connect());
        assertThat(graph.tables()).isSortedAccordingTo((one, two) -> Long.compare(one.oid(), two.oid()));
        assertThat(graph.tables().get(0)).hasToString("public.items");
    }

    @Test
    void isNotChangedByWhatComesLater(Database database) throws SQLException {
        Connection connection = database.connect();
        Guard guard = Guard.of(connection);
        SchemaGraph before = guard.graph();
        int tables = before.tables().size();
        database.execute("CREATE TABLE later (id int PRIMARY KEY)");
        assertThat(guard.graph()).isSameAs(before);
        ParentRule rule = ParentRule.on(before, "items").build();
        guard.refresh(connection);
        assertThat(before.tables()).hasSize(tables);
        assertThat(guard.graph().tables()).hasSize(tables + 1);
        assertThat(rule.table()).isSameAs(before.table("items").orElseThrow());
        assertThatThrownBy(() -> before.tables().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> before.foreignKeys().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> rule.table().columns().clear()).isInstanceOf(UnsupportedOperationException.class);
        database.execute("DROP TABLE later");
    }

    @Test
    void knowsWhatTheReadingRoleMayDo(Database database) throws SQLException {
        Role role = Role.create(database, "reader")
                .grant("USAGE ON SCHEMA app")
                .grant("SELECT ON items")
                .grant("INSERT (id), UPDATE (item_id) ON app.items")
                .grant("DELETE, UPDATE ON app.only_here");
        SchemaGraph graph = SchemaGraph.read(role.connect());
        assertThat(graph.table(TableName.of("public", "items")).orElseThrow().privileges())
                .containsExactlyInAnyOrder(Privilege.SELECT);
        assertThat(graph.table(TableName.of("app", "items")).orElseThrow().privileges())
                .containsExactlyInAnyOrder(Privilege.INSERT, Privilege.UPDATE);
        assertThat(graph.table(TableName.of("app", "only_here")).orElseThrow().privileges())
                .containsExactlyInAnyOrder(Privilege.DELETE, Privilege.UPDATE);
        assertThat(privileges(graph, "app", "items", "id")).containsExactly(Privilege.INSERT);
        assertThat(privileges(graph, "app", "items", "item_id")).containsExactly(Privilege.UPDATE);
        assertThat(privileges(graph, "public", "items", "id")).containsExactly(Privilege.SELECT);
        assertThat(privileges(graph, "app", "only_here", "id")).containsExactly(Privilege.UPDATE);
        assertThat(graph.table("select").orElseThrow().privileges()).isEmpty();
        SchemaGraph ofOwner = SchemaGraph.read(database.connect());
        assertThat(ofOwner.table("select").orElseThrow().privileges()).containsExactlyInAnyOrder(Privilege.values());
        assertThat(graph.foreignKeys()).hasSameSizeAs(ofOwner.foreignKeys());
    }

    private static Set<Privilege> privileges(SchemaGraph graph, String schema, String table, String column) {
        Table found = graph.table(TableName.of(schema, table)).orElseThrow();
        return found.column(column).orElseThrow().privileges();
    }

    @Test
    void knowsWhereRowSecurityFiltersForTheReadingRole(Database database) throws SQLException {
        SchemaGraph ofSuperuser = SchemaGraph.read(database.connect());
        assertThat(ofSuperuser.table("secured").orElseThrow().rowSecurity()).isFalse();
        assertThat(ofSuperuser.table("forced").orElseThrow().rowSecurity()).isFalse();
        Role owner = Role.create(database, "owner");
        database.execute(
                "ALTER TABLE secured OWNER TO " + owner.name() + "; ALTER TABLE forced OWNER TO " + owner.name());
        SchemaGraph ofOwner = SchemaGraph.read(owner.connect());
        assertThat(ofOwner.table("secured").orElseThrow().rowSecurity()).isFalse();
        assertThat(ofOwner.table("forced").orElseThrow().rowSecurity()).isTrue();
        Role other = Role.create(database, "other");
        SchemaGraph ofOther = SchemaGraph.read(other.connect());
        assertThat(ofOther.table("secured").orElseThrow().rowSecurity()).isTrue();
        assertThat(ofOther.table("items").orElseThrow().rowSecurity()).isFalse();
        database.execute("REASSIGN OWNED BY " + owner.name() + " TO CURRENT_USER");
    }

    @Test
    void readsInOneSnapshotOfItsOwnAndLeavesTheConnectionAsItWas(Database database) throws SQLException {
        Connection connection = database.connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        SchemaGraph.read(connection);
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        execute(connection, "CREATE TABLE IF NOT EXISTS written_after (id int)");
    }

    @Test
    void leavesTheConnectionAsItWasAfterAnError(Database database) throws SQLException {
        Connection connection = database.connect();
        AtomicInteger statements = new AtomicInteger();
        Connection failing = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement") && statements.incrementAndGet() == 3) {
                        throw new OutOfMemoryError("in the middle of the catalog");
                    }
                    return method.invoke(connection, arguments);
                });
        assertThatThrownBy(() -> SchemaGraph.read(failing)).isInstanceOf(OutOfMemoryError.class);
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.unwrap(PgConnection.class).getTransactionState()).isEqualTo(TransactionState.IDLE);
    }

    @Test
    void readsInTheCallersTransactionAndSeesWhatItDid(Database database) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        execute(connection, "CREATE TABLE uncommitted (id int PRIMARY KEY)");
        assertThat(SchemaGraph.read(connection).table("uncommitted")).isPresent();
        connection.rollback();
        assertThat(SchemaGraph.read(connection).table("uncommitted")).isEmpty();
    }

    @Test
    void asksTheSameNumberOfQueriesHoweverManyTablesThereAre() throws SQLException {
        assertThat(queriesFor("few", 5)).isEqualTo(queriesFor("many", 1_000)).isEqualTo(9);
    }

    /** Round trips of a reading, BEGIN being sent along with the first and a small fetch size without effect. */
    private static long queriesFor(String label, int tables) throws SQLException {
        try (Database database = Database.create(label, "");
                WireProxy proxy = WireProxy.to(PostgresServer.shared())) {
            create(database, tables);
            Properties properties = new Properties();
            properties.setProperty("defaultRowFetchSize", "2");
            Connection connection = database.connect(proxy, properties);
            SchemaGraph[] read = new SchemaGraph[1];
            WireCounts counts = proxy.measure(() -> read[0] = SchemaGraph.read(connection));
            assertThat(read[0].tables()).hasSize(tables);
            return counts.roundTrips();
        }
    }

    @Test
    void readsFiveThousandConstraints() throws SQLException {
        try (Database database = Database.create("constraints", "")) {
            create(database, 1_300);
            Connection connection = database.connect();
            long constraints = database.queryLong(
                    "SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'");
            assertThat(constraints).isGreaterThanOrEqualTo(5_000);
            long cold = millisToRead(connection);
            long warm = millisToRead(connection);
            System.out.printf("graph of %d constraints read in %d ms, again in %d ms%n", constraints, cold, warm);
            SchemaGraph graph = SchemaGraph.read(connection);
            assertThat(graph.tables()).hasSize(1_300);
            assertThat(graph.foreignKeys()).hasSize(1_299);
            assertThat(graph.tables()).allSatisfy(table -> {
                assertThat(table.uniqueKeys()).hasSize(2);
                assertThat(table.checks()).isNotEmpty();
            });
        }
    }

    private static long millisToRead(Connection connection) throws SQLException {
        long start = System.nanoTime();
        SchemaGraph.read(connection);
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Tables that refer to each other in a row, each with four constraints. */
    private static void create(Database database, int tables) throws SQLException {
        database.execute("""
                DO $$ BEGIN
                    FOR i IN 1..%d LOOP
                        EXECUTE format('CREATE TABLE t%%s (id int PRIMARY KEY, code text UNIQUE, n int CHECK (n > 0), '
                            || 'above int %%s)', i, CASE WHEN i > 1 THEN 'REFERENCES t' || i - 1 END);
                        IF i %% 100 = 0 THEN
                            COMMIT;
                        END IF;
                    END LOOP;
                END $$""".formatted(tables));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

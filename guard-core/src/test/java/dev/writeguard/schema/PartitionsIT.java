package dev.writeguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitioned tables: their partitions have keys, references and triggers of their own, under names of their own. */
@Schema("""
        CREATE TABLE events (id int, day date, title text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
        CREATE TABLE events_june PARTITION OF events FOR VALUES FROM ('2026-06-01') TO ('2026-07-01');
        CREATE TABLE events_july PARTITION OF events FOR VALUES FROM ('2026-07-01') TO ('2026-08-01')
            PARTITION BY HASH (id);
        CREATE TABLE events_july_0 PARTITION OF events_july FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE odd_one (title text, day date NOT NULL, junk int, id int NOT NULL);
        ALTER TABLE odd_one DROP COLUMN junk;
        ALTER TABLE events ATTACH PARTITION odd_one FOR VALUES FROM ('2026-08-01') TO ('2026-09-01');
        CREATE UNIQUE INDEX june_title ON events_june (title);

        CREATE TABLE tickets (
            id int, event_id int, day date, CONSTRAINT tickets_event FOREIGN KEY (event_id, day) REFERENCES events)
            PARTITION BY HASH (id);
        CREATE TABLE tickets_0 PARTITION OF tickets FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE tickets_1 PARTITION OF tickets FOR VALUES WITH (MODULUS 2, REMAINDER 1);

        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TABLE base (id int PRIMARY KEY);
        CREATE TABLE heir () INHERITS (base);
        """)
class PartitionsIT {

    private SchemaGraph graph;

    @BeforeEach
    void read(Database database) throws SQLException {
        graph = SchemaGraph.read(database.connect());
    }

    @Test
    void tellsPartitionedTablesFromTheirPartitions() {
        assertThat(table("events").kind()).isEqualTo(Table.Kind.PARTITIONED);
        assertThat(table("events").partitionOf()).isEmpty();
        assertThat(table("events_june").kind()).isEqualTo(Table.Kind.ORDINARY);
        assertThat(table("events_june").partitionOf()).contains(table("events").oid());
        assertThat(table("events_july").kind()).isEqualTo(Table.Kind.PARTITIONED);
        assertThat(table("events_july").partitionOf()).contains(table("events").oid());
        assertThat(table("events_july_0").partitionOf())
                .contains(table("events_july").oid());
    }

    @Test
    void tellsInheritanceFromPartitions() {
        assertThat(table("base").inherited()).isTrue();
        assertThat(table("heir").partitionOf()).isEmpty();
        assertThat(table("heir").inherited()).isFalse();
        assertThat(table("events").inherited()).isFalse();
    }

    @Test
    void knowsTheKeysOfEachPartitionInItsOwnColumns() {
        assertThat(table("events").uniqueKeys())
                .extracting(key -> key.name() + " " + key.columns())
                .containsExactly("events_pkey [id, day]");
        assertThat(table("events_june").uniqueKeys())
                .extracting(key -> key.name() + " " + key.columns())
                .containsExactly("events_june_pkey [id, day]", "june_title [title]");
        assertThat(table("events_july_0").uniqueKeys())
                .extracting(key -> key.name() + " " + key.columns())
                .containsExactly("events_july_0_pkey [id, day]");
        Table odd = table("odd_one");
        assertThat(odd.columns()).hasToString("[title, day, id]");
        assertThat(odd.primaryKey().orElseThrow().columns()).hasToString("[id, day]");
        assertThat(odd.column("id").orElseThrow().number()).isEqualTo(4);
    }

    @Test
    void resolvesDerivedForeignKeysToTheDeclaredOne(Database database) throws SQLException {
        List<ForeignKey> declared = graph.foreignKeysOf(table("tickets")).stream()
                .filter(key -> key.inheritedFrom() == null)
                .toList();
        assertThat(declared).hasSize(1);
        assertThat(declared.get(0).name()).hasToString("tickets_event");
        assertThat(declared.get(0).parent()).isSameAs(table("events"));
        long oid =
                database.queryLong("SELECT oid FROM pg_constraint WHERE conname = 'tickets_event' AND conparentid = 0");
        assertThat(graph.foreignKeysOf(table("tickets_0")))
                .filteredOn(key -> key.parent().oid() == table("events").oid())
                .hasSize(1)
                .allSatisfy(key -> assertThat(key.inheritedFrom()).isEqualTo(oid));
        // One for each partition of the parent, under a name that PostgreSQL chose.
        assertThat(graph.foreignKeysTo(table("events_june"))).isNotEmpty().allSatisfy(key -> {
            assertThat(key.inheritedFrom()).isNotNull();
            assertThat(key.enforced()).isTrue();
            assertThat(key.parentColumns()).hasToString("[id, day]");
        });
        assertThat(graph.foreignKeysTo(table("odd_one")))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.parentColumns()).hasToString("[id, day]"));
    }

    @Test
    void spreadsTheInsertTriggersOfAPartitionToItsRoots(Database database) throws SQLException {
        for (String table : List.of("events", "events_june", "events_july", "events_july_0", "odd_one")) {
            assertThat(table(table).rewritesInserts()).isFalse();
        }
        database.execute("CREATE TRIGGER deep BEFORE INSERT ON events_july_0 FOR EACH ROW EXECUTE FUNCTION nothing()");
        read(database);
        assertThat(table("events_july_0").rewritesInserts()).isTrue();
        assertThat(table("events_july").rewritesInserts()).isTrue();
        assertThat(table("events").rewritesInserts()).isTrue();
        assertThat(table("events_june").rewritesInserts()).isFalse();
        database.execute("ALTER TABLE events_july_0 DISABLE TRIGGER deep");
        read(database);
        assertThat(table("events").rewritesInserts()).isFalse();
        database.execute("DROP TRIGGER deep ON events_july_0;"
                + " CREATE TRIGGER late AFTER INSERT ON events_june FOR EACH ROW EXECUTE FUNCTION nothing()");
        read(database);
        assertThat(table("events").rewritesInserts()).isFalse();
        database.execute("DROP TRIGGER late ON events_june");
    }

    @Test
    void clonesATriggerOfTheRootForEachPartition(Database database) throws SQLException {
        database.execute("CREATE TRIGGER above BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION nothing()");
        read(database);
        assertThat(table("tickets").rewritesInserts()).isTrue();
        assertThat(table("tickets_0").rewritesInserts()).isTrue();
        database.execute("DROP TRIGGER above ON tickets");
    }

    private Table table(String name) {
        return graph.table(name).orElseThrow();
    }
}

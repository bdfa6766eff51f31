package dev.writeguard.schema;

import dev.writeguard.sql.TableName;
import dev.writeguard.sql.TypeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables, keys and references of one database at one moment.
 *
 * <p>Immutable and safe for use by many threads. A change of the schema is met by reading a new graph and swapping the
 * reference to it; an operation keeps the graph that it started with.
 *
 * @since 0.1
 */
public final class SchemaGraph {

    private final Map<TableName, Table> tables = new HashMap<>();
    private final Map<Long, Table> tablesByOid = new HashMap<>();
    private final Map<String, Table> visibleTables = new HashMap<>();
    private final Map<Long, List<ForeignKey>> outgoing = new HashMap<>();
    private final Map<Long, List<ForeignKey>> incoming = new HashMap<>();
    private final List<ForeignKey> foreignKeys;
    private final List<Sequence> sequences;
    private final Map<TypeName, List<String>> enums;
    private final int majorVersion;

    SchemaGraph(
            int majorVersion,
            List<Table> tables,
            List<ForeignKey> foreignKeys,
            List<Sequence> sequences,
            Map<TypeName, List<String>> enums) {
        this.majorVersion = majorVersion;
        for (Table table : tables) {
            this.tables.put(table.name(), table);
            tablesByOid.put(table.oid(), table);
            if (table.visible()) {
                visibleTables.put(table.name().table().name(), table);
            }
        }
        this.foreignKeys = List.copyOf(foreignKeys);
        for (ForeignKey key : foreignKeys) {
            outgoing.computeIfAbsent(key.child().oid(), oid -> new ArrayList<>())
                    .add(key);
            incoming.computeIfAbsent(key.parent().oid(), oid -> new ArrayList<>())
                    .add(key);
        }
        this.sequences = List.copyOf(sequences);
        this.enums = Map.copyOf(enums);
    }

    /**
     * Reads the catalog in seven queries, whatever the number of tables: with autocommit on in one read-only
     * REPEATABLE READ transaction of its own, else in the caller's. Takes no lock but those of reading the catalog.
     *
     * @throws SQLException if a query fails
     */
    public static SchemaGraph read(Connection connection) throws SQLException {
        return SchemaReader.read(connection);
    }

    /** The server's major version, such as 18. */
    public int majorVersion() {
        return majorVersion;
    }

    public Optional<Table> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The table of that name that the search path of the reading connection showed. */
    public Optional<Table> table(String name) {
        return Optional.ofNullable(visibleTables.get(name));
    }

    public Optional<Table> table(long oid) {
        return Optional.ofNullable(tablesByOid.get(oid));
    }

    /** Every table, in the order in which they were created. */
    public List<Table> tables() {
        return tablesByOid.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Every foreign key, those of partitions included. */
    public List<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    /** The foreign keys of a table: what it refers to. */
    public List<ForeignKey> foreignKeysOf(Table child) {
        return List.copyOf(outgoing.getOrDefault(child.oid(), List.of()));
    }

    /** The foreign keys that point at a table: what depends on it. */
    public List<ForeignKey> foreignKeysTo(Table parent) {
        return List.copyOf(incoming.getOrDefault(parent.oid(), List.of()));
    }

    public List<Sequence> sequences() {
        return sequences;
    }

    /** The labels of an enum type in their order; empty for any other type. */
    public List<String> enumLabels(TypeName type) {
        return enums.getOrDefault(type, List.of());
    }
}

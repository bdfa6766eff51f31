package dev.writeguard.schema;

import dev.writeguard.sql.Identifier;
import dev.writeguard.sql.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table and everything that the catalog says about it, but for foreign keys, which belong to two tables and are found
 * through {@link SchemaGraph}.
 *
 * <p>Two tables are equal if they are the same relation of the same reading of the catalog.
 *
 * @since 0.1
 */
public final class Table {

    /** What kind of relation it is. */
    public enum Kind {
        ORDINARY,
        PARTITIONED,
        FOREIGN,
        VIEW
    }

    /** What the role that read the catalog may do with a table. */
    public enum Privilege {
        SELECT,
        INSERT,
        /** UPDATE on at least one column: what a row lock asks for. */
        UPDATE,
        DELETE
    }

    private final TableIdentity identity;
    private final List<Column> columns;
    private final List<Column> columnsInNeed;
    private final Map<String, Column> columnByName = new HashMap<>();
    private final List<UniqueKey> uniqueKeys;
    private final List<Index> indexes;
    private final List<Check> checks;
    private final List<Trigger> triggers;
    private final boolean rewritesInserts;
    private final boolean rewritesUpdates;

    Table(
            TableIdentity identity,
            List<Column> columns,
            List<UniqueKey> uniqueKeys,
            List<Index> indexes,
            List<Check> checks,
            List<Trigger> triggers) {
        this.identity = identity;
        this.columns = List.copyOf(columns);
        this.columnsInNeed = columns.stream().filter(Column::needsValue).toList();
        columns.forEach(column -> columnByName.put(column.name().name(), column));
        this.uniqueKeys = List.copyOf(uniqueKeys);
        this.indexes = List.copyOf(indexes);
        this.checks = List.copyOf(checks);
        this.triggers = List.copyOf(triggers);
        this.rewritesInserts = identity.insertRules()
                || triggers.stream().anyMatch(trigger -> trigger.beforeInsertRow() && trigger.fires());
        this.rewritesUpdates = triggers.stream().anyMatch(trigger -> trigger.beforeUpdateRow() && trigger.fires());
    }

    public TableName name() {
        return identity.name();
    }

    /** The relation's OID. */
    public long oid() {
        return identity.oid();
    }

    public Kind kind() {
        return identity.kind();
    }

    /** The OID of the partitioned table that this one is a part of, if it is one. */
    public Optional<Long> partitionOf() {
        return Optional.ofNullable(identity.partitionOf());
    }

    public Set<Privilege> privileges() {
        return identity.privileges();
    }

    /** Whether row-level security filters what the role that read the catalog sees. */
    public boolean rowSecurity() {
        return identity.rowSecurity();
    }

    /** Whether a trigger or rule may change, replace or drop a row that an INSERT brings. */
    public boolean rewritesInserts() {
        return rewritesInserts;
    }

    /** Whether a trigger may change an UPDATE, or drop it. */
    public boolean rewritesUpdates() {
        return rewritesUpdates;
    }

    /** Whether it has rules for INSERT or UPDATE, with which PostgreSQL refuses {@code ON CONFLICT} or RETURNING. */
    public boolean refusesOnConflict() {
        return identity.conflictRules();
    }

    /** Whether other tables inherit from it, which its keys do not reach; partitions do not count. */
    public boolean inherited() {
        return identity.inherited();
    }

    /** In the order of the table. */
    public List<Column> columns() {
        return columns;
    }

    /** Those without which an INSERT must fail. */
    public List<Column> columnsInNeed() {
        return columnsInNeed;
    }

    public Optional<Column> column(String name) {
        return Optional.ofNullable(columnByName.get(name));
    }

    /** Full unique indexes over plain columns and with their equality, the primary key first. */
    public List<UniqueKey> uniqueKeys() {
        return uniqueKeys;
    }

    public Optional<UniqueKey> primaryKey() {
        return uniqueKeys.stream().filter(UniqueKey::primary).findFirst();
    }

    public List<Index> indexes() {
        return indexes;
    }

    /** CHECK and EXCLUDE constraints. */
    public List<Check> checks() {
        return checks;
    }

    public List<Trigger> triggers() {
        return triggers;
    }

    @Override
    public String toString() {
        return identity.name().toString();
    }

    /** The row of {@code pg_class}. */
    record TableIdentity(
            long oid,
            TableName name,
            Kind kind,
            @Nullable Long partitionOf,
            boolean visible,
            boolean rowSecurity,
            boolean insertRules,
            boolean conflictRules,
            boolean inherited,
            Set<Privilege> privileges) {

        Identifier table() {
            return name.table();
        }
    }

    boolean visible() {
        return identity.visible();
    }
}

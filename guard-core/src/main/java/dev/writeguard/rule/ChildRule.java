package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.UniqueKey;
import dev.writeguard.sql.TableName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a child is inserted under a parent: its table, the columns that refer to the parent, and whether it may be sent
 * twice.
 *
 * <p>Compiled once and checked as a whole; immutable and safe for use by many threads.
 *
 * <pre>{@code
 * ChildRule messages = ChildRule.on(graph, "messages", conversations).onceBy("id").build();
 * }</pre>
 *
 * @since 0.1
 */
public final class ChildRule {

    private final Table table;
    private final ParentRule parent;
    private final List<Column> columns;
    private final @Nullable UniqueKey once;
    private final List<Column> returning;

    ChildRule(Table table, ParentRule parent, List<Column> columns, @Nullable UniqueKey once, List<Column> returning) {
        this.table = table;
        this.parent = parent;
        this.columns = List.copyOf(columns);
        this.once = once;
        this.returning = List.copyOf(returning);
    }

    /** Starts a rule for the table of that name on the search path. */
    public static ChildRuleBuilder on(SchemaGraph graph, String table, ParentRule parent) {
        return new ChildRuleBuilder(graph, Faults.table(graph, table), parent);
    }

    /** Starts a rule for a table. */
    public static ChildRuleBuilder on(SchemaGraph graph, TableName table, ParentRule parent) {
        return new ChildRuleBuilder(graph, Faults.table(graph, table), parent);
    }

    /** Starts the values of a child: its columns but those that refer to the parent. */
    public RowValues.Builder values() {
        return RowValues.of(table);
    }

    /** A child and the parent it needs. */
    public ChildRow row(ParentRow parent, RowValues values) {
        return new ChildRow(parent, values);
    }

    /** A child whose parent comes without values: the parent rule's template supplies them. */
    public ChildRow row(RowKey parent, RowValues values) {
        return new ChildRow(this.parent.row(parent), values);
    }

    public Table table() {
        return table;
    }

    public ParentRule parent() {
        return parent;
    }

    /** The columns that refer to the parent, in the order of {@link ParentRule#reference()}. */
    public List<Column> columns() {
        return columns;
    }

    /** The key by which a child that is sent twice is recognised. */
    public Optional<UniqueKey> once() {
        return Optional.ofNullable(once);
    }

    /** Columns of the stored child that the outcome reports, such as a generated id. */
    public List<Column> returning() {
        return returning;
    }

    @Override
    public String toString() {
        return "ChildRule[" + table + columns + " → " + parent.table() + "]";
    }
}

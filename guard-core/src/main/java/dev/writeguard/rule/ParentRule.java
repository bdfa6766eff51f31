package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.UniqueKey;
import dev.writeguard.sql.TableName;
import java.util.List;
import java.util.Optional;

/**
 * How a parent is ensured: its table, the key by which it is found or created, and what happens to one that exists.
 *
 * <p>Compiled once against a {@link SchemaGraph} and checked as a whole; immutable and safe for use by many threads.
 *
 * <pre>{@code
 * ParentRule conversations = ParentRule.on(graph, "conversations").match("owner_id").build();
 * }</pre>
 *
 * @since 0.1
 */
public final class ParentRule {

    private final CompiledParent compiled;
    private final List<Column> nullableReference;

    ParentRule(CompiledParent compiled) {
        this.compiled = compiled;
        this.nullableReference = compiled.reference().columns().stream()
                .filter(column ->
                        !column.required() && !compiled.key().columns().contains(column))
                .toList();
    }

    /** Starts a rule for the table of that name on the search path. */
    public static ParentRuleBuilder on(SchemaGraph graph, String table) {
        return new ParentRuleBuilder(graph, Faults.table(graph, table));
    }

    /** Starts a rule for a table. */
    public static ParentRuleBuilder on(SchemaGraph graph, TableName table) {
        return new ParentRuleBuilder(graph, Faults.table(graph, table));
    }

    /** A key of this rule: one value for each of {@link #key()}'s columns, in their order. */
    public RowKey key(Object... values) {
        return RowKey.of(table(), key(), values);
    }

    /** Starts the values of a parent. */
    public RowValues.Builder values() {
        return RowValues.of(table());
    }

    /** A parent of this rule without values of its own. */
    public ParentRow row(RowKey key) {
        return ParentRow.of(this, key);
    }

    /** A parent of this rule. */
    public ParentRow row(RowKey key, RowValues values) {
        return ParentRow.of(this, key, values);
    }

    public Table table() {
        return compiled.table();
    }

    /** The conflict target: by what a parent is found or created. */
    public UniqueKey key() {
        return compiled.key();
    }

    /** What children refer to: the primary key, unless declared otherwise; often the same as {@link #key()}. */
    public UniqueKey reference() {
        return compiled.reference();
    }

    /** Columns of {@link #reference()} that may be NULL in a stored parent, to which no child can refer then. */
    public List<Column> nullableReference() {
        return nullableReference;
    }

    /** Columns in which an existing parent must agree with the given values. */
    public List<Column> match() {
        return compiled.match();
    }

    /** What is written into the parent each time; empty for KEEP. */
    public Optional<Touch> touch() {
        return Optional.ofNullable(compiled.touch());
    }

    public Optional<RequiredState> requiredState() {
        return Optional.ofNullable(compiled.requiredState());
    }

    /**
     * Whether a parent that is there may be refused, because of {@link #match()}, {@link #requiredState()} or
     * {@link #nullableReference()}.
     */
    public boolean refusable() {
        return !match().isEmpty() || requiredState().isPresent() || !nullableReference.isEmpty();
    }

    /** Whether children refer to it without an enforced foreign key. */
    public boolean soft() {
        return compiled.soft();
    }

    /** Whether an existing parent is looked for before an INSERT is tried. */
    public boolean looksFirst() {
        return compiled.looksFirst();
    }

    public Optional<ParentTemplate> template() {
        return Optional.ofNullable(compiled.template());
    }

    /**
     * The foreign keys of the parent's own table that ancestors can fill: none whose columns only the database fills.
     */
    public List<ForeignKey> references() {
        return compiled.references();
    }

    /** The foreign keys that point at the parent's table: what can depend on a row of it. */
    public List<ForeignKey> dependents() {
        return compiled.dependents();
    }

    @Override
    public String toString() {
        return "ParentRule[" + table() + key().columns() + (touch().isEmpty() ? " KEEP" : " TOUCH") + "]";
    }
}

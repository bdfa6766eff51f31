package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.schema.Index;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.UniqueKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects a rule by names, and compiles it. Without any call the key is the primary key and an existing parent is
 * kept as it is.
 *
 * @since 0.1
 */
public final class ParentRuleBuilder {

    private static final Set<String> INCOMPARABLE_TYPES =
            Set.of("json", "_json", "jsonpath", "xml", "_xml", "point", "_point", "polygon", "_polygon");

    private static final Set<String> VERSION_TYPES = Set.of("int2", "int4", "int8");

    private final SchemaGraph graph;
    private final Table table;
    private List<String> key = List.of();
    private List<String> reference = List.of();
    private List<String> match = List.of();
    private List<String> touchValues = List.of();
    private List<String> touchClocks = List.of();
    private @Nullable String touchVersion;
    private @Nullable String stateColumn;
    private Set<String> states = Set.of();
    private boolean soft;
    private boolean looksFirst;
    private @Nullable ParentTemplate template;

    ParentRuleBuilder(SchemaGraph graph, Table table) {
        this.graph = graph;
        this.table = table;
    }

    /** The columns by which a parent is found or created: a natural key, if it is not the primary key. */
    public ParentRuleBuilder key(String... columns) {
        key = List.of(columns);
        return this;
    }

    /**
     * The columns that children refer to, if they are not the primary key; also where they are {@link #key}. A stored
     * parent that is NULL in one of them is refused, which takes a transaction where they may be NULL.
     */
    public ParentRuleBuilder referencedBy(String... columns) {
        reference = List.of(columns);
        return this;
    }

    /**
     * Columns in which an existing parent must agree with the given values. If it does not, the operation is refused
     * and nothing is changed: a client-sent key cannot attach a child to somebody else's parent.
     */
    public ParentRuleBuilder match(String... columns) {
        match = List.of(columns);
        return this;
    }

    /**
     * TOUCH: writes the given values of these columns into the parent each time. Writers of one parent then queue. A
     * row is not touched where it is the ancestor of another one.
     */
    public ParentRuleBuilder touch(String... columns) {
        touchValues = List.of(columns);
        return this;
    }

    /** TOUCH: sets these columns to the time of the transaction each time. Writers of one parent then queue. */
    public ParentRuleBuilder touchClock(String... columns) {
        touchClocks = List.of(columns);
        return this;
    }

    /**
     * TOUCH: raises this number by one each time, also on a parent just created, which ends at its first value + 1.
     */
    public ParentRuleBuilder touchVersion(String column) {
        touchVersion = column;
        return this;
    }

    /** The states in which a parent accepts children. The parent is then locked FOR SHARE instead of FOR KEY SHARE. */
    public ParentRuleBuilder requireState(String column, String... allowed) {
        stateColumn = column;
        states = new LinkedHashSet<>(List.of(allowed));
        return this;
    }

    /**
     * Children refer to the parent without an enforced foreign key, and that is meant. Works at READ COMMITTED and is
     * refused above it, where the lock alone cannot keep an orphan out. The parent is then locked FOR SHARE, which
     * updates of the parent wait for.
     */
    public ParentRuleBuilder soft() {
        soft = true;
        return this;
    }

    /**
     * Looks for the parent before an INSERT is tried: a hit is one statement instead of two and fires no trigger; a
     * miss costs one more round trip. For parents that mostly exist.
     */
    public ParentRuleBuilder lookFirst() {
        looksFirst = true;
        return this;
    }

    /** Supplies the values of a parent that comes without. */
    public ParentRuleBuilder template(ParentTemplate template) {
        this.template = template;
        return this;
    }

    /**
     * Compiles the rule.
     *
     * @throws InvalidRuleException with all faults, if there are any
     */
    public ParentRule build() {
        Faults faults = new Faults();
        var keys = new KeyFinder(table, faults);
        if (table.kind() != Table.Kind.ORDINARY && table.kind() != Table.Kind.PARTITIONED) {
            faults.add(
                    table + " is a " + table.kind() + ", which cannot be locked row by row",
                    "name the table behind it");
        }
        UniqueKey target = compileKey(keys, faults);
        if (target != null) {
            refuseUnusableTarget(target, faults);
            refuseInherited(target, faults);
        }
        UniqueKey referenced = reference.isEmpty()
                ? table.primaryKey().orElse(target)
                : keys.referenced(faults.columns(table, reference));
        List<Column> matched = compileMatch(faults);
        Touch touch = compileTouch(faults);
        RequiredState state = compileState(faults);
        List<Column> compared = state == null ? matched : union(matched, List.of(state.column()));
        List<Column> keyColumns = union(columnsOf(target), columnsOf(referenced));
        requirePrivileges(union(keyColumns, compared), union(columnsOf(target), matched), touch, faults);
        faults.throwIfAny(table.name());
        if (target == null || referenced == null) {
            throw new IllegalStateException("A missing key is a fault");
        }
        return new ParentRule(new CompiledParent(
                table,
                target,
                referenced,
                matched,
                touch,
                state,
                soft,
                looksFirst,
                template,
                referencesToFill(),
                dependents()));
    }

    private void requirePrivileges(List<Column> read, List<Column> given, @Nullable Touch touch, Faults faults) {
        var needed = new NeededPrivileges(table).read(read).insert(given);
        if (touch != null) {
            needed.touch(touch);
        }
        needed.requireForParent(faults);
    }

    private static List<Column> union(List<Column> some, List<Column> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** Those that lead to ancestors which can be given. */
    private List<ForeignKey> referencesToFill() {
        return graph.foreignKeysOf(table).stream()
                .filter(key -> key.childColumns().stream().allMatch(Column::writable))
                .toList();
    }

    /** Without those of partitions, which repeat the one that they were derived from. */
    private List<ForeignKey> dependents() {
        return graph.foreignKeysTo(table).stream()
                .filter(key -> key.inheritedFrom() == null)
                .toList();
    }

    private static List<Column> columnsOf(@Nullable UniqueKey key) {
        return key == null ? List.of() : key.columns();
    }

    private @Nullable UniqueKey compileKey(KeyFinder keys, Faults faults) {
        if (!key.isEmpty()) {
            List<Column> columns = faults.columns(table, key);
            return columns.size() < key.size() ? null : keys.conflictTarget(columns);
        }
        UniqueKey primary = table.primaryKey().orElse(null);
        if (primary == null) {
            faults.add(table + " has no primary key", "name the columns of a unique key with key(…)");
            return null;
        }
        return keys.conflictTarget(primary.columns());
    }

    private void refuseUnusableTarget(UniqueKey target, Faults faults) {
        faults.refuseRules(table);
        for (Column column : target.columns()) {
            if (!column.writable()) {
                faults.add(
                        "the key column \"" + column + "\" is generated always: no INSERT may give it",
                        "name another unique key with key(…), or make the column GENERATED BY DEFAULT");
            }
        }
    }

    /** A row of an inheriting table would be taken for the parent, and no foreign key finds it. */
    private void refuseInherited(UniqueKey target, Faults faults) {
        if (table.inherited()) {
            faults.add(
                    "the key " + target.name() + " does not reach the tables that inherit from " + table
                            + ": one of their rows would be found that no child can refer to",
                    "use declarative partitions, or move the rows into tables that do not inherit");
        }
    }

    private List<Column> compileMatch(Faults faults) {
        List<Column> matched = faults.columns(table, match);
        for (Column column : matched) {
            if (INCOMPARABLE_TYPES.stream().anyMatch(column.type()::is)) {
                faults.add(
                        "\"" + column + "\" must match, but PostgreSQL has no equality for " + column.type(),
                        "match another column, or change its type, such as json to jsonb");
            }
            if (!column.writable()) {
                faults.add(
                        "\"" + column + "\" must match, but is generated always: no value can be given to compare with",
                        "match the columns that it is generated from");
            }
        }
        return matched;
    }

    private @Nullable Touch compileTouch(Faults faults) {
        List<Column> values = faults.columns(table, touchValues);
        List<Column> clocks = faults.columns(table, touchClocks);
        List<Column> version = touchVersion == null ? List.of() : faults.columns(table, List.of(touchVersion));
        List<Column> all = new ArrayList<>(values);
        all.addAll(clocks);
        all.addAll(version);
        for (Column column : all) {
            refuseKeyColumn(column, faults);
            if (!column.writable()) {
                faults.add(
                        "TOUCH would write \"" + column + "\", which is generated always",
                        "touch a column that an UPDATE may set");
            }
        }
        for (Column column : version) {
            if (!VERSION_TYPES.contains(column.type().name().name())) {
                faults.add("the version column \"" + column + "\" is a " + column.type(), "name an integer column");
            }
        }
        return all.isEmpty() ? null : new Touch(values, clocks, version.isEmpty() ? null : version.get(0));
    }

    /** Updating a column of any unique index locks the parent so strongly that every child's insert waits. */
    private void refuseKeyColumn(Column column, Faults faults) {
        for (Index index : table.indexes()) {
            if (index.unique() && index.columns().contains(column)) {
                faults.add(
                        "TOUCH would write \"" + column + "\", a column of the unique index " + index.name(),
                        "touch a column that is in no unique index");
            }
        }
    }

    private @Nullable RequiredState compileState(Faults faults) {
        if (stateColumn == null) {
            return null;
        }
        if (states.isEmpty()) {
            faults.add("requireState names no state, so that no parent would ever accept a child", "name the states");
        }
        List<Column> column = faults.columns(table, List.of(stateColumn));
        if (column.isEmpty()) {
            return null;
        }
        List<String> labels = graph.enumLabels(column.get(0).type());
        for (String state : states) {
            if (!labels.isEmpty() && !labels.contains(state)) {
                faults.add(
                        "the type " + column.get(0).type() + " has no state \"" + state + "\"", "use one of " + labels);
            }
        }
        return new RequiredState(column.get(0), states);
    }
}

package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.UniqueKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects a child's rule by names, and compiles it. The foreign key is found by itself where there is one only.
 *
 * @since 0.1
 */
public final class ChildRuleBuilder {

    private final SchemaGraph graph;
    private final Table table;
    private final ParentRule parent;
    private List<String> columns = List.of();
    private List<String> once = List.of();
    private List<String> returning = List.of();

    ChildRuleBuilder(SchemaGraph graph, Table table, ParentRule parent) {
        this.graph = graph;
        this.table = table;
        this.parent = parent;
    }

    /**
     * The columns that refer to the parent, in the order of the parent's {@link ParentRule#reference()}. Needed for a
     * soft reference, and where several foreign keys lead to the parent.
     */
    public ChildRuleBuilder columns(String... columns) {
        this.columns = List.of(columns);
        return this;
    }

    /**
     * The key by which a child that is sent twice is recognised. The second one is an outcome of its own, not an error;
     * the operation then runs in a real transaction.
     */
    public ChildRuleBuilder onceBy(String... columns) {
        once = List.of(columns);
        return this;
    }

    /** Columns of the stored child that a single insert reports, such as a generated id. */
    public ChildRuleBuilder returning(String... columns) {
        returning = List.of(columns);
        return this;
    }

    /**
     * Compiles the rule.
     *
     * @throws InvalidRuleException with all faults, if there are any
     */
    public ChildRule build() {
        Faults faults = new Faults();
        List<Column> referring = columns.isEmpty() ? columnsOfOnlyForeignKey(faults) : faults.columns(table, columns);
        if (referring.size() == parent.reference().columns().size()) {
            checkForeignKey(referring, faults);
        } else if (!columns.isEmpty()) {
            faults.add(
                    columns + " do not pair with the key " + parent.reference().columns() + " of " + parent.table(),
                    "name one column for each of the key's, in its order");
        }
        List<Column> onceColumns = faults.columns(table, once);
        UniqueKey onceKey =
                once.isEmpty() || onceColumns.size() < once.size() ? null : compileOnce(onceColumns, faults);
        if (onceKey != null && table.inherited()) {
            faults.add(
                    "the key " + onceKey.name() + " does not reach the tables that inherit from " + table
                            + ": a child could be stored twice",
                    "use declarative partitions, or drop onceBy(…)");
        }
        List<Column> returned = faults.columns(table, returning);
        if (onceKey != null || !returned.isEmpty()) {
            faults.refuseRules(table);
        }
        var needed = new NeededPrivileges(table).insert(referring).read(returned);
        if (onceKey != null) {
            needed.insert(onceKey.columns()).read(onceKey.columns()).read(referring);
        }
        needed.requireForChild(faults);
        faults.throwIfAny(table.name());
        return new ChildRule(table, parent, referring, onceKey, returned);
    }

    /**
     * In the order of the table: a bulk locks in the order of the key, and two rules may spell one key in two orders.
     */
    private @Nullable UniqueKey compileOnce(List<Column> columns, Faults faults) {
        UniqueKey key = new KeyFinder(table, faults).conflictTarget(columns);
        return key == null
                ? null
                : key.withColumns(columns.stream()
                        .sorted(Comparator.comparingInt(Column::number))
                        .toList());
    }

    private List<ForeignKey> foreignKeys() {
        return graph.foreignKeysOf(table).stream()
                .filter(key -> key.parent().oid() == parent.table().oid())
                .toList();
    }

    private String describedForeignKeys() {
        return foreignKeys().stream()
                .map(key -> key.name() + " " + key.childColumns() + " → " + key.parentColumns())
                .collect(Collectors.joining(", "));
    }

    private List<Column> columnsOfOnlyForeignKey(Faults faults) {
        List<List<Column>> candidates = foreignKeys().stream()
                .map(this::inOrderOfReference)
                .filter(found -> !found.isEmpty())
                .distinct()
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        if (candidates.isEmpty() && !foreignKeys().isEmpty()) {
            faults.add(
                    "the foreign keys of " + table + " lead to other keys of " + parent.table() + " than "
                            + parent.reference().columns() + ": " + describedForeignKeys(),
                    "compile the parent's rule with referencedBy(…) and the columns that they lead to");
        } else if (candidates.isEmpty()) {
            faults.add(
                    "no foreign key leads from " + table + " to "
                            + parent.reference().columns() + " of " + parent.table(),
                    addForeignKey(null));
        } else {
            faults.add(
                    candidates.size() + " foreign keys lead from " + table + " to " + parent.table() + ": "
                            + candidates,
                    "name the columns of the one that is meant with columns(…)");
        }
        return List.of();
    }

    private void checkForeignKey(List<Column> referring, Faults faults) {
        ForeignKey found = foreignKeys().stream()
                .filter(key -> inOrderOfReference(key).equals(referring))
                .max(Comparator.comparing(ForeignKey::enforced).thenComparing(ForeignKey::validated))
                .orElse(null);
        if (parent.soft()) {
            if (found != null && found.enforced()) {
                faults.add(
                        "the reference is declared soft, but " + found.name() + " enforces it",
                        "drop soft() from the rule");
            }
            return;
        }
        if (found == null) {
            faults.add("no foreign key from " + table + referring + " to " + parent.table(), addForeignKey(referring));
        } else if (!found.enforced()) {
            faults.add(found.name() + " is not enforced", "enforce it, or declare the parent soft()");
        } else if (!found.validated()) {
            faults.add(
                    found.name() + " is NOT VALID: older rows may be orphans",
                    "ALTER TABLE " + table.name().text() + " VALIDATE CONSTRAINT "
                            + found.name().text());
        } else if (found.period()) {
            faults.add(found.name() + " is a PERIOD reference, which covers many rows", "refer to a plain unique key");
        }
    }

    /** The child's columns in the order of the parent's reference key; empty if the foreign key uses another key. */
    private List<Column> inOrderOfReference(ForeignKey key) {
        List<Column> reference = parent.reference().columns();
        if (!new HashSet<>(key.parentColumns()).equals(new HashSet<>(reference))) {
            return List.of();
        }
        List<Column> ordered = new ArrayList<>();
        for (Column column : reference) {
            ordered.add(key.childColumns().get(key.parentColumns().indexOf(column)));
        }
        return ordered;
    }

    private String addForeignKey(@Nullable List<Column> referring) {
        String from = referring == null ? "…" : names(referring);
        return "ALTER TABLE " + table.name().text() + " ADD FOREIGN KEY (" + from + ") REFERENCES "
                + parent.table().name().text() + " (" + names(parent.reference().columns()) + ")";
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(column -> column.name().text()).collect(Collectors.joining(", "));
    }
}

package dev.writeguard.rule;

import dev.writeguard.schema.Check;
import dev.writeguard.schema.Column;
import dev.writeguard.schema.Index;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.UniqueKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the unique key over given columns, and says why there is none. The key found has its columns in the order in
 * which they were given, so that a rule's keys take their values in the order of the declaration.
 */
final class KeyFinder {

    private final Table table;
    private final Faults faults;

    KeyFinder(Table table, Faults faults) {
        this.table = table;
        this.faults = faults;
    }

    /** The key that {@code ON CONFLICT} can name; the columns may be given in any order. */
    @Nullable
    UniqueKey conflictTarget(List<Column> columns) {
        UniqueKey key = keyOver(columns, true);
        if (key == null) {
            faults.add(
                    table + " has no unique key over " + columns + " that ON CONFLICT can name" + nearMiss(columns),
                    cure(columns));
        }
        return key;
    }

    /** A key that children can refer to. */
    @Nullable
    UniqueKey referenced(List<Column> columns) {
        UniqueKey key = keyOver(columns, false);
        if (key == null) {
            faults.add(
                    table + " has no unique key over " + columns + " that children could refer to" + nearMiss(columns),
                    cure(columns));
        } else if (key.temporal()) {
            faults.add(
                    "the key " + key.name() + " is WITHOUT OVERLAPS: a reference to it covers many rows",
                    "refer to a plain unique key; PERIOD references cannot be ensured");
        }
        return key;
    }

    private @Nullable UniqueKey keyOver(List<Column> columns, boolean conflictTarget) {
        Set<Column> wanted = new HashSet<>(columns);
        return table.uniqueKeys().stream()
                .filter(key -> key.columns().size() == columns.size() && new HashSet<>(key.columns()).equals(wanted))
                .filter(key -> !conflictTarget || key.conflictTarget())
                .findFirst()
                .map(key -> key.withColumns(columns))
                .orElse(null);
    }

    private String nearMiss(List<Column> columns) {
        Set<Column> wanted = new HashSet<>(columns);
        for (UniqueKey key : table.uniqueKeys()) {
            if (new HashSet<>(key.columns()).equals(wanted)) {
                return ": " + key.name() + (key.temporal() ? " is WITHOUT OVERLAPS" : " is deferrable");
            }
        }
        for (Index index : table.indexes()) {
            if (index.unique() && !index.expression() && new HashSet<>(index.columns()).equals(wanted)) {
                return ": the index " + index.name() + why(index);
            }
        }
        for (Check check : table.checks()) {
            if (check.kind() == Check.Kind.EXCLUDE && new HashSet<>(check.columns()).equals(wanted)) {
                return ": " + check.name() + " is an exclusion constraint";
            }
        }
        for (Index index : table.indexes()) {
            if (index.unique() && index.expression() && wanted.containsAll(index.columns())) {
                return ": the index " + index.name() + " is over an expression";
            }
        }
        return "";
    }

    private static String why(Index index) {
        if (index.partial()) {
            return " is partial";
        }
        return index.valid() ? " compares by another collation or operator class than its columns" : " is not valid";
    }

    /** An index that calls more values equal would go on to refuse rows that the new key accepts. */
    private String cure(List<Column> columns) {
        String names = columns.stream().map(column -> column.name().text()).collect(Collectors.joining(", "));
        String others = table.indexes().stream()
                .filter(index -> !index.ownEquality() && new HashSet<>(index.columns()).equals(new HashSet<>(columns)))
                .map(index -> "; DROP INDEX " + table.name().schema().text() + "."
                        + index.name().text())
                .collect(Collectors.joining());
        return "ALTER TABLE " + table.name().text() + " ADD UNIQUE (" + names + ")" + others;
    }
}

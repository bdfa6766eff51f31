package dev.writeguard.ensure;

import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.RowKey;
import dev.writeguard.schema.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parents of many children, each once as far as Java can tell: equal Java values are one key for every column type.
 * Keys that only the column's type knows to be equal stay apart here and meet in the statement.
 */
final class DistinctParents {

    private final Map<List<@Nullable Object>, Integer> positions = new HashMap<>();
    private final List<PlannedParent> planned = new ArrayList<>();
    private final List<Integer> ofChild = new ArrayList<>();

    /**
     * Adds the parent of the next child. A template is asked for the first child of each parent only, unless its values
     * must match: those of each child are compared.
     */
    void add(ChildRow child) {
        RowKey key = child.parent().key();
        List<@Nullable Object> identity = new ArrayList<>();
        for (int i = 0; i < key.key().columns().size(); i++) {
            identity.add(key.value(i));
        }
        List<Column> match = child.parent().rule().match();
        if (match.isEmpty()) {
            ofChild.add(positions.computeIfAbsent(identity, absent -> plan(child)));
        } else {
            PlannedParent parent = PlannedParent.of(child.parent(), child.values());
            match.forEach(column -> identity.add(parent.value(column)));
            ofChild.add(positions.computeIfAbsent(identity, absent -> append(parent)));
        }
    }

    private int plan(ChildRow child) {
        return append(PlannedParent.of(child.parent(), child.values()));
    }

    private int append(PlannedParent parent) {
        planned.add(parent);
        return planned.size() - 1;
    }

    /** The parents of those children alone. */
    DistinctParents only(List<Integer> children) {
        DistinctParents kept = new DistinctParents();
        Map<Integer, Integer> renumbered = new HashMap<>();
        for (int child : children) {
            kept.ofChild.add(renumbered.computeIfAbsent(of(child), parent -> kept.append(planned.get(parent))));
        }
        return kept;
    }

    /** The parents, in the order in which they were first met. */
    List<PlannedParent> planned() {
        return planned;
    }

    /** The position of a child's parent. */
    int of(int child) {
        return ofChild.get(child);
    }

    /** For each child the position of its parent, from 1 as the statements count. */
    List<Long> ordinals() {
        return ofChild.stream().map(position -> position + 1L).toList();
    }
}

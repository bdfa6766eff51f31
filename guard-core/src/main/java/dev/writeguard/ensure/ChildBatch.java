package dev.writeguard.ensure;

import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Children of one call, or those of them that are still without an outcome, and their parents, each once.
 *
 * @param positions where each child stands in the call, from 0
 */
record ChildBatch(ChildRule rule, List<Integer> positions, List<PlannedChild> children, DistinctParents parents) {

    static ChildBatch of(ChildRule rule, List<ChildRow> rows) {
        List<Integer> positions = new ArrayList<>(rows.size());
        List<PlannedChild> children = new ArrayList<>(rows.size());
        DistinctParents parents = new DistinctParents();
        for (ChildRow row : rows) {
            positions.add(positions.size());
            children.add(PlannedChild.of(rule, row));
            PlannedParent.requireOf(rule.parent(), row.parent());
            parents.add(row);
        }
        return new ChildBatch(rule, positions, children, parents);
    }

    /** Those at some positions of the call. */
    ChildBatch only(Set<Integer> wanted) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            if (wanted.contains(positions.get(i))) {
                kept.add(i);
            }
        }
        return new ChildBatch(
                rule,
                kept.stream().map(positions::get).toList(),
                kept.stream().map(children::get).toList(),
                parents.only(kept));
    }

    /**
     * @param orFail as for {@link BulkChildSql}
     */
    BulkChildSql sql(boolean orFail) {
        Input keys = PlannedParent.keys(parents.planned());
        return new BulkChildSql(rule, PlannedChild.input(children, parents), keys, orFail);
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    /**
     * In a table that refers to itself a row could be given as a child, and be created bare as the parent of another.
     *
     * @throws dev.writeguard.violation.GuardException {@code GRD-111} if one is
     */
    void refuseParentsAmongChildren() {
        ParentRule parentRule = rule.parent();
        if (rule.table().oid() != parentRule.table().oid()) {
            return;
        }
        List<Column> key = parentRule.key().columns();
        Set<List<@Nullable Object>> parentKeys = new HashSet<>();
        parents.planned().forEach(parent -> parentKeys.add(values(key, parent::value)));
        for (PlannedChild child : children) {
            if (parentKeys.contains(values(key, child.values()::value))) {
                throw PlannedChild.invalid(
                        rule, "a row of the call is the parent of another one; insert them level by level.");
            }
        }
    }

    private static List<@Nullable Object> values(List<Column> columns, Values row) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        columns.forEach(column -> values.add(row.value(column)));
        return values;
    }

    /** A row's value of a column. */
    private interface Values {
        @Nullable
        Object value(Column column);
    }
}

package dev.writeguard.ensure;

import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.schema.Column;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.violation.FailureCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ensures what a parent refers to itself, root first, and fills the parent's columns from it. */
final class Ancestors {

    private Ancestors() {}

    /** The parent, referring to all its ancestors, which are then there and locked. */
    static PlannedParent ensureOf(PlannedParent parent, Run run) throws SQLException {
        requireOneOfEachRule(parent);
        PlannedParent complete = parent;
        for (ParentRow ancestor : parent.row().ancestors()) {
            EnsureOutcome outcome = EnsureOne.above(run, ancestor, parent).run();
            complete = complete.referringTo(reference(outcome), columns(parent.rule(), ancestor.rule()));
        }
        return complete;
    }

    /** The same for many parents of one rule: one call for each ancestor's rule. */
    static void ensureOf(Map<Integer, PlannedParent> parents, Run run) throws SQLException {
        parents.values().forEach(Ancestors::requireOneOfEachRule);
        Map<ParentRule, Map<Integer, PlannedParent>> byRule = new LinkedHashMap<>();
        parents.forEach((position, parent) -> parent.row()
                .ancestors()
                .forEach(ancestor -> byRule.computeIfAbsent(ancestor.rule(), rule -> new LinkedHashMap<>())
                        .put(position, PlannedParent.of(ancestor, parent.asRowValues()))));
        for (Map.Entry<ParentRule, Map<Integer, PlannedParent>> group : byRule.entrySet()) {
            List<Integer> positions = List.copyOf(group.getValue().keySet());
            List<PlannedParent> ancestors = List.copyOf(group.getValue().values());
            List<EnsureOutcome> outcomes =
                    EnsureMany.above(run, group.getKey(), ancestors).run();
            for (int i = 0; i < positions.size(); i++) {
                RowKey reference = reference(outcomes.get(i));
                parents.computeIfPresent(
                        positions.get(i),
                        (position, parent) -> parent.referringTo(reference, columns(parent.rule(), group.getKey())));
            }
        }
    }

    /** Two of one rule would fill the same columns. */
    private static void requireOneOfEachRule(PlannedParent parent) {
        List<ParentRow> ancestors = parent.row().ancestors();
        if (ancestors.size() > 1
                && ancestors.stream().map(ParentRow::rule).distinct().count() < ancestors.size()) {
            throw PlannedParent.failure(
                    parent.rule(), FailureCode.COLUMN_INVALID, "the row was put under two ancestors of one rule.");
        }
    }

    /** An ancestor that may not be used refuses the whole operation: its descendant does not exist yet. */
    static RowKey reference(EnsureOutcome outcome) {
        return ((EnsureOutcome.Present) outcome.orThrow()).reference();
    }

    /** The parent's columns that refer to the ancestor, in the order of the ancestor's key. */
    static List<Column> columns(ParentRule parent, ParentRule ancestor) {
        List<List<Column>> found = parent.references().stream()
                .filter(key -> key.parent().oid() == ancestor.table().oid())
                .filter(key -> new HashSet<>(key.parentColumns())
                        .equals(new HashSet<>(ancestor.reference().columns())))
                .map(key -> inOrder(key, ancestor))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw PlannedParent.failure(
                    parent,
                    FailureCode.RULE_INVALID,
                    found.size() + " foreign keys lead from it to the ancestor " + ancestor.table() + ", not one.");
        }
        return found.get(0);
    }

    private static List<Column> inOrder(ForeignKey key, ParentRule ancestor) {
        List<Column> ordered = new ArrayList<>();
        for (Column column : ancestor.reference().columns()) {
            ordered.add(key.childColumns().get(key.parentColumns().indexOf(column)));
        }
        return ordered;
    }
}

package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Row;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Inserts many children together with their parents, all or none: docs/protocols/bulk.md. */
final class InsertMany {

    private final Run run;
    private final ChildRule rule;
    private final ParentRule parentRule;
    private final List<PlannedChild> children = new ArrayList<>();
    private final DistinctParents parents = new DistinctParents();

    /** Positions of parents that this call created, by any of its attempts. */
    private final Set<Integer> created = new HashSet<>();

    InsertMany(Run run, ChildRule rule, List<ChildRow> rows) {
        this.run = run;
        this.rule = rule;
        this.parentRule = rule.parent();
        for (ChildRow row : rows) {
            children.add(PlannedChild.of(rule, row));
            PlannedParent.requireOf(parentRule, row.parent());
            parents.add(row);
        }
    }

    /** The outcomes by input position. */
    List<ChildOutcome> run() throws SQLException {
        if (children.isEmpty()) {
            return List.of();
        }
        if (!countsAreClear()) {
            return run.session().transactional(new ParentsFirst(run, rule, children, parents)::insert);
        }
        return run.session()
                .atomically(true, () -> run.attempts().until(parentRule, parents.planned(), this::sendTogether));
    }

    /** Whether a message says by its counts alone what happened. */
    private boolean countsAreClear() {
        return rule.once().isEmpty()
                && !parentRule.refusable()
                && parentRule.touch().isEmpty()
                && !rule.table().rewritesInserts()
                && parents.planned().stream().noneMatch(PlannedParent::looksFirst)
                && parents.planned().stream().allMatch(PlannedParent::storedAsGiven);
    }

    private Optional<List<ChildOutcome>> sendTogether() throws SQLException {
        List<PlannedParent> planned = parents.planned();
        Input parentInput = Input.of(PlannedParent.commonColumns(planned), planned, PlannedParent::value);
        boolean own = !run.session().inTransaction();
        List<Action> actions = SoftReference.startOf(parentRule);
        actions.add(BulkSql.lockExisting(parentRule, parentInput));
        actions.add(BulkSql.insert(parentRule, parentInput, false));
        actions.add(new BulkChildSql(rule, PlannedChild.input(children, parents), parentInput, own).insert());
        List<Answer> answers;
        try {
            answers = SoftReference.checked(parentRule, run.session().send(actions));
        } catch (SQLException failure) {
            if (own && SqlAssertion.failed(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
        for (Row row : answers.get(1).rows()) {
            created.add(row.index(0));
            run.written().created(planned.get(row.index(0)), null);
        }
        if (answers.get(2).isEmpty()) {
            return Optional.empty();
        }
        List<ChildOutcome> outcomes = new ArrayList<>(children.size());
        for (int i = 0; i < children.size(); i++) {
            outcomes.add(new Inserted(created.remove(parents.of(i)), RowValues.none(rule.table())));
        }
        return Optional.of(outcomes);
    }
}

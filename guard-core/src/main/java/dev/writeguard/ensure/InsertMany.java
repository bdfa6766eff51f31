package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
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
    private final ChildBatch batch;
    private final List<PlannedParent> parents;

    /** Positions of parents that this call created, by any of its attempts. */
    private final Set<Integer> created = new HashSet<>();

    InsertMany(Run run, ChildRule rule, List<ChildRow> rows) {
        this.run = run;
        this.rule = rule;
        this.parentRule = rule.parent();
        this.batch = ChildBatch.of(rule, rows);
        this.parents = batch.parents().planned();
    }

    /** The outcomes by input position. */
    List<ChildOutcome> run() throws SQLException {
        if (batch.isEmpty()) {
            return List.of();
        }
        if (!countsAreClear()) {
            return run.session().transactional(new ParentsFirst(run, batch)::insert);
        }
        batch.refuseParentsAmongChildren();
        return run.session().atomically(true, () -> run.attempts().until(parentRule, parents, this::sendTogether));
    }

    /** Whether a message says by its counts alone what happened. */
    private boolean countsAreClear() {
        return rule.once().isEmpty()
                && !parentRule.refusable()
                && !rule.table().rewritesInserts()
                && parents.stream().noneMatch(PlannedParent::looksFirst)
                && parents.stream().allMatch(PlannedParent::storedAsGiven);
    }

    private Optional<List<ChildOutcome>> sendTogether() throws SQLException {
        Input input = Input.of(PlannedParent.commonColumns(parents), parents, PlannedParent::value);
        List<Action> actions = SoftReference.startOf(parentRule);
        actions.add(BulkSql.lockExisting(parentRule, PlannedParent.keys(parents)));
        actions.add(BulkSql.insert(parentRule, input, false));
        boolean whole = !run.session().inTransaction();
        List<Action> touch = touch();
        actions.add(batch.sql(whole).insert());
        if (whole) {
            actions.addAll(touch);
        }
        Optional<List<ChildOutcome>> outcomes =
                run.sendWhole(parentRule, actions).flatMap(this::outcomes);
        if (!whole && outcomes.isPresent() && !touch.isEmpty()) {
            run.written().beyondReach();
            run.session().send(touch);
        }
        return outcomes;
    }

    /** TOUCH comes last: in a message that may have to be sent again only if the children have aborted it before. */
    private List<Action> touch() {
        return parentRule.touch().stream()
                .map(touch -> new BulkTouchSql(parentRule, touch, PlannedParent.comparedAndTouched(parents)))
                .map(BulkTouchSql::touchLocked)
                .toList();
    }

    private Optional<List<ChildOutcome>> outcomes(List<Answer> answers) {
        List<PlannedParent> createdNow = new ArrayList<>();
        for (int position : BulkSql.created(parentRule, answers.get(1), run)) {
            created.add(position);
            createdNow.add(parents.get(position));
        }
        run.written().created(createdNow);
        return answers.get(2).isEmpty() ? Optional.empty() : Optional.of(inserted());
    }

    private List<ChildOutcome> inserted() {
        List<ChildOutcome> outcomes = new ArrayList<>(batch.positions().size());
        for (int i = 0; i < batch.positions().size(); i++) {
            boolean parentCreated = created.remove(batch.parents().of(i));
            outcomes.add(new Inserted(parentCreated, RowValues.none(rule.table())));
        }
        return outcomes;
    }
}

package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.WriteSession;
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

    private final WriteSession session;
    private final Attempts attempts;
    private final ChildRule rule;
    private final ParentRule parentRule;
    private final List<PlannedChild> children = new ArrayList<>();
    private final DistinctParents parents = new DistinctParents();

    /** Positions of parents that this call created, by any of its attempts. */
    private final Set<Integer> created = new HashSet<>();

    InsertMany(WriteSession session, Attempts attempts, ChildRule rule, List<ChildRow> rows) {
        this.session = session;
        this.attempts = attempts;
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
        if (oneMessage()) {
            return attempts.until(parentRule, parents.planned(), this::sendTogether);
        }
        return session.transactional(() -> new ParentsFirst(session, attempts, rule, children, parents).insert());
    }

    /** Whether a message says by its counts alone what happened, and is atomic. */
    private boolean oneMessage() {
        return rule.once().isEmpty()
                && parentRule.match().isEmpty()
                && parentRule.requiredState().isEmpty()
                && parentRule.touch().isEmpty()
                && !rule.table().rewritesInserts()
                && parents.planned().stream().noneMatch(PlannedParent::looksFirst)
                && parents.planned().stream().allMatch(PlannedParent::storedAsGiven)
                && session.atomicMessages();
    }

    private Optional<List<ChildOutcome>> sendTogether() throws SQLException {
        List<PlannedParent> planned = parents.planned();
        Input parentInput = Input.of(PlannedParent.commonColumns(planned), planned, PlannedParent::value);
        List<Action> actions = SoftReference.startOf(parentRule);
        actions.add(BulkSql.lockExisting(parentRule, parentInput));
        actions.add(BulkSql.insert(parentRule, parentInput));
        actions.add(new BulkChildSql(rule, PlannedChild.input(children, parents), parentInput).insert());
        List<Answer> answers = SoftReference.checked(parentRule, session.send(actions));
        answers.get(1).rows().forEach(row -> created.add(row.index(0)));
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

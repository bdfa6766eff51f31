package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Message;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.RowValues;
import dev.writeguard.violation.FailureCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is left of an insert when Guard is not to enforce: the application's own writes, in one transaction. If one of them
 * fails, none is stored; a child that is stored already, under whatever parent, holds back no other.
 */
final class UnguardedInsert {

    private final Run run;
    private final ChildRule rule;
    private final List<ChildRow> rows;

    UnguardedInsert(Run run, ChildRule rule, List<ChildRow> rows) {
        this.run = run;
        this.rule = rule;
        this.rows = rows;
    }

    List<ChildOutcome> run() throws SQLException {
        List<PlannedChild> children =
                rows.stream().map(row -> PlannedChild.of(rule, row)).toList();
        return children.size() == 1 ? insert(children, 0) : run.session().transactional(() -> insertAll(children));
    }

    private List<ChildOutcome> insertAll(List<PlannedChild> children) throws SQLException {
        List<ChildOutcome> outcomes = new ArrayList<>(children.size());
        for (int from = 0; from < children.size(); from += Message.LIMIT) {
            int to = Math.min(from + Message.LIMIT, children.size());
            outcomes.addAll(insert(children.subList(from, to), from));
        }
        return outcomes;
    }

    /** One message, and a question for each child that it did not insert. */
    private List<ChildOutcome> insert(List<PlannedChild> children, int from) throws SQLException {
        List<Action> actions = new ArrayList<>(children.size());
        for (int i = 0; i < children.size(); i++) {
            actions.add(ChildSql.insertUnguarded(children.get(i), parent(from + i)));
        }
        List<Answer> answers = run.session().send(actions);
        if (!answers.stream().allMatch(Answer::isEmpty)) {
            // Like the foreign key, a parent that turns out to be missing ends the transaction that holds its siblings.
            run.written().beyondReach();
        }
        List<ChildOutcome> outcomes = new ArrayList<>(children.size());
        for (int i = 0; i < children.size(); i++) {
            outcomes.add(outcome(children.get(i), parent(from + i), answers.get(i)));
        }
        return outcomes;
    }

    private ParentRow parent(int position) {
        return rows.get(position).parent();
    }

    private ChildOutcome outcome(PlannedChild child, ParentRow parent, Answer answer) throws SQLException {
        if (!answer.isEmpty()) {
            return new Inserted(false, StoredChild.returned(rule, answer.rows(), 0));
        }
        Optional<ChildOutcome> stored = StoredChild.lookUnguarded(run.session(), child, parent);
        if (stored.isPresent()) {
            return stored.get();
        }
        if (rule.table().rewritesInserts() && (ChildSql.refersByKey(rule.parent()) || isThere(parent))) {
            return new Inserted(false, RowValues.none(rule.table()));
        }
        throw PlannedParent.failure(
                rule.parent(), FailureCode.REFERENCE_MISSING, "the parent is absent, and Guard was not to create it.");
    }

    /** Where a trigger stores the child elsewhere, the number of rows inserted does not tell whether there is a parent. */
    private boolean isThere(ParentRow parent) throws SQLException {
        return run.session().send(ParentSql.look(parent)).get(0).row().flag(0);
    }
}

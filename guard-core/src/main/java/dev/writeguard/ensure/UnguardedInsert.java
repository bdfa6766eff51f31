package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.RowValues;
import dev.writeguard.violation.FailureCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is left of an insert when Guard is not to enforce: the application's own write, all or none. */
final class UnguardedInsert {

    private final WriteSession session;
    private final ChildRule rule;
    private final List<ChildRow> rows;

    UnguardedInsert(WriteSession session, ChildRule rule, List<ChildRow> rows) {
        this.session = session;
        this.rule = rule;
        this.rows = rows;
    }

    List<ChildOutcome> run() throws SQLException {
        return rows.size() == 1 ? insertAll() : session.transactional(this::insertAll);
    }

    private List<ChildOutcome> insertAll() throws SQLException {
        List<ChildOutcome> outcomes = new ArrayList<>(rows.size());
        for (ChildRow row : rows) {
            outcomes.add(insert(row));
        }
        return outcomes;
    }

    /** Where a trigger stores the child elsewhere, the number of rows inserted does not tell whether there is a parent. */
    private boolean isThere(ParentRow parent) throws SQLException {
        return session.send(ParentSql.look(parent)).get(0).row().flag(0);
    }

    private ChildOutcome insert(ChildRow row) throws SQLException {
        PlannedChild child = PlannedChild.of(rule, row);
        Answer answer =
                session.send(ChildSql.insertUnguarded(child, row.parent())).get(0);
        if (!answer.isEmpty()) {
            return new Inserted(false, StoredChild.returned(rule, answer.rows(), 0));
        }
        Optional<ChildOutcome> stored = StoredChild.look(session, child, row.parent());
        if (stored.isPresent()) {
            return stored.get();
        }
        if (rule.table().rewritesInserts() && (ChildSql.refersByKey(rule.parent()) || isThere(row.parent()))) {
            return new Inserted(false, RowValues.none(rule.table()));
        }
        throw PlannedParent.failure(
                rule.parent(), FailureCode.REFERENCE_MISSING, "the parent is absent, and Guard was not to create it.");
    }
}

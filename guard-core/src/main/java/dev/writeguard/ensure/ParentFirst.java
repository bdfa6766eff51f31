package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Answer;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.RowValues;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Where the number of inserted children tells nothing, or ancestors come first: the parent is ensured by itself, and the
 * child sent once. Inside a transaction.
 */
final class ParentFirst {

    private final Run run;
    private final ChildRule rule;
    private final PlannedChild child;
    private final PlannedParent parent;

    ParentFirst(Run run, PlannedChild child, PlannedParent parent) {
        this.run = run;
        this.rule = child.rule();
        this.child = child;
        this.parent = parent;
    }

    ChildOutcome insert() throws SQLException {
        if (!parent.row().ancestors().isEmpty()) {
            // Nothing is created for a child that is there.
            Optional<ChildOutcome> stored = stored();
            if (stored.isPresent()) {
                return stored.get();
            }
        }
        EnsureOutcome outcome = EnsureOne.ofChild(run, parent).run();
        if (outcome instanceof EnsureOutcome.Refused refused) {
            return new ChildOutcome.Refused(rule.table().name(), refused.why());
        }
        boolean created = outcome instanceof EnsureOutcome.Created;
        Answer inserted = run.session().send(ChildSql.insert(child, parent)).get(0);
        if (!inserted.isEmpty()) {
            return new Inserted(created, StoredChild.returned(rule, inserted.rows(), 0));
        }
        Optional<ChildOutcome> stored = stored();
        if (stored.isPresent()) {
            run.takeBack();
            return stored.get();
        }
        return new Inserted(created, RowValues.none(rule.table()));
    }

    private Optional<ChildOutcome> stored() throws SQLException {
        return StoredChild.look(run.session(), child, parent.row());
    }
}

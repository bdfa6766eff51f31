package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Answer;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.RowValues;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Where the number of inserted children tells nothing, or ancestors come first: the parent is ensured by itself, and
 * the child sent once. Inside a transaction.
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
        return run.attempts().until(() -> send(created), () -> StoredChild.hidden(rule));
    }

    /** Empty if a child was in the way, and is gone. */
    private Optional<ChildOutcome> send(boolean parentCreated) throws SQLException {
        Answer inserted =
                run.session().send(ChildSql.insertUnderLocked(child, parent)).get(0);
        if (!inserted.isEmpty()) {
            return Optional.of(new Inserted(parentCreated, StoredChild.returned(rule, inserted.rows(), 0)));
        }
        if (parent.rule().touch().isPresent() && rule.once().isPresent()) {
            // The parent may have been touched for a child that was not inserted.
            run.written().beyondReach();
        }
        Optional<ChildOutcome> stored = stored();
        if (stored.isPresent()) {
            StoredChild.takeBackFor(stored.get(), parentCreated || rule.table().rewritesInserts(), run);
            return stored;
        }
        return rule.once().isPresent() ? vanished() : Optional.of(redirected(parentCreated));
    }

    /** Sent again, it could be stored twice where a trigger has stored it elsewhere. */
    private Optional<ChildOutcome> vanished() {
        if (rule.table().rewritesInserts()) {
            run.written().beyondReach();
            throw StoredChild.hidden(rule);
        }
        return Optional.empty();
    }

    /** The parent is there and locked, so that only a trigger or a rule can have taken the row. */
    private ChildOutcome redirected(boolean parentCreated) {
        if (!rule.table().rewritesInserts()) {
            throw Attempts.hidden(parent.rule());
        }
        return new Inserted(parentCreated, RowValues.none(rule.table()));
    }

    private Optional<ChildOutcome> stored() throws SQLException {
        return StoredChild.look(run.session(), child, parent);
    }
}

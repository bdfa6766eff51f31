package dev.writeguard.ensure;

import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.schema.Column;
import java.sql.SQLException;
import java.util.Optional;

/** Inserts a child together with its parent: docs/protocols/parent-and-child.md. */
final class InsertOne {

    private final Run run;
    private final ChildRule rule;
    private final PlannedChild child;
    private final PlannedParent parent;

    InsertOne(Run run, ChildRule rule, ChildRow row) {
        this.run = run;
        this.rule = rule;
        this.child = PlannedChild.of(rule, row);
        PlannedParent.requireOf(rule.parent(), row.parent());
        this.parent = PlannedParent.of(row.parent(), row.values());
    }

    ChildOutcome run() throws SQLException {
        if (!parent.row().ancestors().isEmpty() || rule.table().rewritesInserts()) {
            return run.session().transactional(new ParentFirst(run, child, parent)::insert);
        }
        var pair = new Pair(run, child, parent);
        boolean oneMessage = pair.countIsClear()
                && parent.storedAsGiven()
                && rule.returning().stream().allMatch(Column::fixedWidth);
        return run.session().atomically(oneMessage, () -> together(pair));
    }

    /** A look for an existing parent is none of the tries to create one, and what follows it no repetition. */
    private ChildOutcome together(Pair pair) throws SQLException {
        if (parent.looksFirst()) {
            Optional<ChildOutcome> underExisting = pair.send(false);
            if (underExisting.isPresent()) {
                return underExisting.get();
            }
        }
        return run.attempts().until(() -> pair.send(true), pair::exhausted);
    }
}

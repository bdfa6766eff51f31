package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Row;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The INSERT of a parent and that of its child in one message: protocol A' of docs/protocols/parent-and-child.md. */
final class Pair {

    private final Run run;
    private final ChildRule rule;
    private final ParentRule parentRule;
    private final PlannedChild child;
    private final PlannedParent parent;
    private boolean created;
    private boolean childInTheWay;

    Pair(Run run, PlannedChild child, PlannedParent parent) {
        this.run = run;
        this.rule = child.rule();
        this.parentRule = parent.rule();
        this.child = child;
        this.parent = parent;
    }

    /** Whether "no child inserted" can only mean that the parent is absent. */
    boolean countIsClear() {
        return rule.once().isEmpty() && !parentRule.refusable();
    }

    /**
     * Sends the message. Where no child was inserted and that has several readings, it looks at child and parent.
     *
     * @param insertParent false to try an existing parent first
     * @return empty if the message has to be sent again
     */
    Optional<ChildOutcome> send(boolean insertParent) throws SQLException {
        if (insertParent) {
            parent.requireValues();
        }
        List<Answer> answers = SoftReference.checked(
                parentRule,
                run.session()
                        .send(
                                Shape.of(
                                        child,
                                        parent,
                                        insertParent,
                                        run.attempts().again()),
                                () -> statements(insertParent),
                                place -> parent.at(child.at(place))));
        if (insertParent && !answers.get(0).isEmpty()) {
            created = true;
            run.written().created(List.of(parent));
        }
        Answer inserted = answers.get(answers.size() - 1);
        if (!inserted.isEmpty()) {
            return Optional.of(new Inserted(created, StoredChild.returned(rule, inserted.rows(), 0)));
        }
        if (parentRule.touch().isPresent() && rule.once().isPresent()) {
            // The parent may have been touched for a child that was not inserted.
            run.written().beyondReach();
        }
        if (touchMayBeSuppressed()) {
            return Optional.of(run.session().transactional(new ParentFirst(run, child, parent)::insert));
        }
        return countIsClear() ? absentParent() : reading();
    }

    private List<Action> statements(boolean insertParent) {
        PlannedParent anyParent = parent.places();
        PlannedChild anyChild = child.places();
        List<Action> actions = new ArrayList<>(SoftReference.startOf(parentRule));
        if (insertParent) {
            actions.add(ParentSql.insert(anyParent, run.attempts().again(), ChildSql.notStored(anyChild, anyParent)));
        }
        actions.add(ChildSql.insert(anyChild, anyParent));
        return actions;
    }

    /** The child was inserted by what the UPDATE returned, and a trigger of the parent can have dropped that. */
    private boolean touchMayBeSuppressed() {
        return parentRule.touch().isPresent()
                && parentRule.table().rewritesUpdates()
                && (created || run.attempts().again());
    }

    private Optional<ChildOutcome> absentParent() {
        if (created) {
            throw Attempts.hidden(parentRule);
        }
        return Optional.empty();
    }

    /** A count of several readings: a child that is stored already, a parent that may not be used, or none. */
    private Optional<ChildOutcome> reading() throws SQLException {
        childInTheWay = false;
        Optional<ChildOutcome> stored = StoredChild.look(run.session(), child, parent);
        if (stored.isPresent()) {
            StoredChild.takeBackFor(stored.get(), created, run);
            return stored;
        }
        var reading = new ParentReading(parentRule);
        List<Row> locked =
                run.session().send(ParentSql.lock(parent, reading)).get(0).rows();
        if (locked.isEmpty()) {
            return absentParent();
        }
        if (reading.locked(parent.key(), locked.get(0), 0, created) instanceof EnsureOutcome.Refused refused) {
            return Optional.of(new ChildOutcome.Refused(rule.table().name(), refused.why()));
        }
        childInTheWay = rule.once().isPresent();
        return Optional.empty();
    }

    /** What to throw if the message was sent too often. */
    GuardException exhausted() {
        return childInTheWay ? StoredChild.hidden(rule) : Attempts.exhausted(parentRule, List.of(parent));
    }
}

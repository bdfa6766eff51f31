package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Ensures one parent: protocol A of docs/protocols/ensure-parent.md. */
final class EnsureOne {

    private final Run run;
    private final PlannedParent planned;
    private final ParentRule rule;
    private final ParentReading reading;
    private final boolean touches;

    private EnsureOne(Run run, PlannedParent planned, boolean touches) {
        this.run = run;
        this.planned = planned;
        this.rule = planned.rule();
        this.reading = new ParentReading(rule, List.of(planned));
        this.touches = touches;
    }

    /** A parent by itself. */
    static EnsureOne alone(Run run, ParentRow row) {
        PlannedParent planned = PlannedParent.of(row, RowValues.none(row.rule().table()));
        return new EnsureOne(run, planned, row.rule().touch().isPresent());
    }

    /** The parent of a child that is inserted next, by a statement that also touches the parent. */
    static EnsureOne ofChild(Run run, PlannedParent parent) {
        return new EnsureOne(run, parent, false);
    }

    /** What a parent refers to itself; not touched, since the parent can still be refused, or be there already. */
    static EnsureOne above(Run run, ParentRow ancestor, PlannedParent below) {
        return new EnsureOne(run, PlannedParent.of(ancestor, below.asRowValues()), false);
    }

    EnsureOutcome run() throws SQLException {
        boolean oneMessage = reading.fixedWidth()
                && planned.row().ancestors().isEmpty()
                && !(touches && rule.refusable())
                && planned.storedAsGiven();
        return run.session().atomically(oneMessage, this::ensure);
    }

    /** Only if it is there: one message. */
    Optional<EnsureOutcome> look() throws SQLException {
        boolean oneMessage = reading.fixedWidth() && !(touches && rule.refusable());
        return run.session().atomically(oneMessage, () -> acquire(planned, false));
    }

    private EnsureOutcome ensure() throws SQLException {
        if (planned.looksFirst()) {
            Optional<EnsureOutcome> existing = acquire(planned, false);
            if (existing.isPresent()) {
                return existing.get();
            }
        }
        int before = run.written().size();
        PlannedParent complete = Ancestors.ensureOf(planned, run);
        int after = run.written().size();
        complete.requireValues();
        EnsureOutcome outcome = run.attempts().until(rule, List.of(complete), () -> acquire(complete, true));
        if (!(outcome instanceof EnsureOutcome.Created)) {
            run.written().takeBackUnused(run.session(), before, after);
        }
        return outcome;
    }

    /** One message; empty if the parent is not there at its end. */
    private Optional<EnsureOutcome> acquire(PlannedParent parent, boolean insert) throws SQLException {
        List<Answer> answers = SoftReference.checked(
                rule,
                run.session()
                        .send(
                                Shape.of(parent, insert, touches, run.attempts().again()),
                                () -> statements(parent.places(), insert),
                                parent::at));
        boolean created = insert && !answers.get(0).isEmpty();
        if (created) {
            run.written().created(List.of(parent));
        }
        Answer row = answers.get(answers.size() - 1);
        if (!row.isEmpty() && touches) {
            run.written().beyondReach();
            return Optional.of(reading.touched(parent.key(), row.row(), 0, created));
        }
        if (!row.isEmpty()) {
            return Optional.of(reading.locked(parent.key(), row.row(), 0, created));
        }
        boolean suppressed =
                rule.table().rewritesUpdates() && (created || run.attempts().again());
        Optional<EnsureOutcome> untouched =
                touches && (rule.refusable() || suppressed) ? untouched(parent, created, suppressed) : Optional.empty();
        if (untouched.isEmpty() && created) {
            throw Attempts.hidden(rule);
        }
        return untouched;
    }

    private List<Action> statements(PlannedParent parent, boolean insert) {
        List<Action> actions = SoftReference.startOf(rule);
        if (insert) {
            actions.add(ParentSql.insert(parent, run.attempts().again(), List.of()));
        }
        actions.add(touches ? ParentSql.touch(parent, reading) : ParentSql.lock(parent, reading));
        return actions;
    }

    /**
     * Why nothing was touched; empty if the parent is absent, or has become usable meanwhile.
     *
     * @param suppressed whether a trigger can have dropped the UPDATE of a parent that may be used
     */
    private Optional<EnsureOutcome> untouched(PlannedParent parent, boolean created, boolean suppressed)
            throws SQLException {
        Answer row = run.session().send(ParentSql.lock(parent, reading)).get(0);
        return row.rows().stream()
                .map(found -> reading.locked(parent.key(), found, 0, created))
                .filter(outcome -> suppressed || outcome instanceof EnsureOutcome.Refused)
                .findFirst();
    }
}

package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ensures one parent: protocol A of docs/protocols/ensure-parent.md. */
final class EnsureOne {

    private final Run run;
    private final PlannedParent planned;
    private final ParentRule rule;
    private final ParentReading reading;
    private final boolean touches;
    private final @Nullable ParentRule below;

    private EnsureOne(Run run, PlannedParent planned, boolean touches, @Nullable ParentRule below) {
        this.run = run;
        this.planned = planned;
        this.rule = planned.rule();
        this.reading = new ParentReading(rule, List.of(planned));
        this.touches = touches;
        this.below = below;
    }

    /** A parent by itself. */
    static EnsureOne alone(Run run, ParentRow row) {
        PlannedParent planned = PlannedParent.of(row, RowValues.none(row.rule().table()));
        return new EnsureOne(run, planned, row.rule().touch().isPresent(), null);
    }

    /** The parent of a child that is inserted next, by a statement that also touches the parent. */
    static EnsureOne ofChild(Run run, PlannedParent parent) {
        return new EnsureOne(run, parent, false, null);
    }

    /** What a parent refers to itself. */
    static EnsureOne above(Run run, ParentRow ancestor, PlannedParent below) {
        PlannedParent planned = PlannedParent.of(ancestor, below.asRowValues());
        return new EnsureOne(run, planned, ancestor.rule().touch().isPresent(), below.rule());
    }

    EnsureOutcome run() throws SQLException {
        boolean oneMessage = reading.fixedWidth()
                && planned.row().ancestors().isEmpty()
                && !(touches && rule.refusable())
                && planned.storedAsGiven();
        return run.session().atomically(oneMessage, this::ensure);
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
            run.written().created(parent, below);
        }
        Answer row = answers.get(answers.size() - 1);
        if (!row.isEmpty() && touches) {
            run.written().beyondReach();
            return Optional.of(reading.touched(parent.key(), row.row(), 0, created));
        }
        if (!row.isEmpty()) {
            return Optional.of(reading.locked(parent.key(), row.row(), 0, created));
        }
        Optional<EnsureOutcome> refused = touches && rule.refusable() ? refusal(parent, created) : Optional.empty();
        if (refused.isEmpty() && created) {
            throw Attempts.hidden(rule);
        }
        return refused;
    }

    private List<Action> statements(PlannedParent parent, boolean insert) {
        List<Action> actions = SoftReference.startOf(rule);
        if (insert) {
            actions.add(ParentSql.insert(parent, run.attempts().again(), List.of()));
        }
        actions.add(touches ? ParentSql.touch(parent, reading) : ParentSql.lock(parent, reading));
        return actions;
    }

    /** Why nothing was touched; empty if the parent is absent, or has become usable meanwhile. */
    private Optional<EnsureOutcome> refusal(PlannedParent parent, boolean created) throws SQLException {
        Answer row = run.session().send(ParentSql.lock(parent, reading)).get(0);
        return row.rows().stream()
                .map(found -> reading.locked(parent.key(), found, 0, created))
                .filter(EnsureOutcome.Refused.class::isInstance)
                .findFirst();
    }
}

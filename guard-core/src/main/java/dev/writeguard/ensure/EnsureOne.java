package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Ensures one parent: protocol A of docs/protocols/ensure-parent.md. */
final class EnsureOne {

    private final WriteSession session;
    private final Attempts attempts;
    private final PlannedParent planned;
    private final ParentRule rule;
    private final ParentReading reading;
    private final boolean touches;

    EnsureOne(WriteSession session, Attempts attempts, ParentRow row, RowValues child) {
        this(session, attempts, row, child, row.rule().touch().isPresent());
    }

    /**
     * @param touches false to leave TOUCH to the statement that inserts the child; the lock is the same
     */
    EnsureOne(WriteSession session, Attempts attempts, ParentRow row, RowValues child, boolean touches) {
        this.session = session;
        this.attempts = attempts;
        this.planned = PlannedParent.of(row, child);
        this.rule = row.rule();
        this.reading = new ParentReading(rule);
        this.touches = touches;
    }

    EnsureOutcome run() throws SQLException {
        return oneMessage() ? ensure() : session.transactional(this::ensure);
    }

    /** Whether what must be atomic is a single message, and that message is atomic. */
    private boolean oneMessage() {
        return session.inTransaction()
                || reading.fixedWidth()
                        && planned.row().ancestors().isEmpty()
                        && !(touches && refusable())
                        && planned.storedAsGiven()
                        && session.atomicMessages();
    }

    private EnsureOutcome ensure() throws SQLException {
        if (planned.looksFirst()) {
            Optional<EnsureOutcome> existing = acquire(planned, false);
            if (existing.isPresent()) {
                return existing.get();
            }
        }
        PlannedParent complete = Ancestors.ensureOf(planned, session, attempts);
        complete.requireValues();
        return attempts.until(rule, List.of(complete), () -> acquire(complete, true));
    }

    /** One message; empty if the parent is not there at its end. */
    private Optional<EnsureOutcome> acquire(PlannedParent parent, boolean insert) throws SQLException {
        List<Answer> answers = SoftReference.checked(
                rule,
                session.send(Shape.of(parent, insert, touches), () -> statements(parent.places(), insert), parent::at));
        boolean created = insert && !answers.get(0).isEmpty();
        Answer row = answers.get(answers.size() - 1);
        if (!row.isEmpty()) {
            return Optional.of(
                    touches
                            ? reading.touched(parent.key(), row.row(), 0, created)
                            : reading.locked(parent.key(), row.row(), 0, created));
        }
        Optional<EnsureOutcome> refused = touches && refusable() ? refusal(parent, created) : Optional.empty();
        if (refused.isEmpty() && created) {
            throw Attempts.hidden(rule);
        }
        return refused;
    }

    private List<Action> statements(PlannedParent parent, boolean insert) {
        List<Action> actions = SoftReference.startOf(rule);
        if (insert) {
            actions.add(ParentSql.insert(parent, List.of()));
        }
        actions.add(touches ? ParentSql.touch(parent, reading) : ParentSql.lock(parent, reading));
        return actions;
    }

    /** Why nothing was touched; empty if the parent is absent, or has become usable meanwhile. */
    private Optional<EnsureOutcome> refusal(PlannedParent parent, boolean created) throws SQLException {
        Answer row = session.send(ParentSql.lock(parent, reading)).get(0);
        return row.rows().stream()
                .map(found -> reading.locked(parent.key(), found, 0, created))
                .filter(EnsureOutcome.Refused.class::isInstance)
                .findFirst();
    }

    private boolean refusable() {
        return !rule.match().isEmpty() || rule.requiredState().isPresent();
    }
}

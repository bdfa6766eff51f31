package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.violation.GuardException;
import dev.writeguard.violation.SqlFailures;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One run of an operation: its session, its repetitions, and what it has written so far.
 *
 * <p>What it leaves in the caller's transaction is complete, or it is taken back, or the transaction can no longer be
 * committed: docs/adr/0009-taken-back-or-not-committable.md.
 */
record Run(WriteSession session, Attempts attempts, Written written) {

    static Run on(WriteSession session) {
        return new Run(session, new Attempts(), new Written());
    }

    /** A refusal: takes back what was written, by a rollback if that is ours to do, else in the caller's transaction. */
    void takeBack() throws SQLException {
        if (!session.undo()) {
            written.takeBack(session);
        }
    }

    /**
     * Sends a message that ends with a condition, so that it is carried out as a whole or, where it is a transaction by
     * itself, not at all.
     *
     * @return empty if the condition did not hold, and nothing was written
     */
    Optional<List<Answer>> sendWhole(ParentRule rule, List<Action> actions) throws SQLException {
        try {
            return Optional.of(SoftReference.checked(rule, session.send(actions)));
        } catch (SQLException failure) {
            if (!session.inTransaction() && SqlAssertion.failed(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** A failure after which the caller could go on and commit, because it was not the server that raised it. */
    void leaveNothing(Throwable failure) {
        if (session.undoesByItself() || SqlFailures.endsTransaction(failure)) {
            return;
        }
        if (session.unread()) {
            written.beyondReach();
        }
        if (written.isEmpty()) {
            return;
        }
        try {
            written.takeBackOrAbort(session);
        } catch (SQLException | GuardException second) {
            // The transaction is aborted now: nothing of it can be committed.
            failure.addSuppressed(second);
        }
    }
}

package dev.writeguard.ensure;

import dev.writeguard.plan.WriteSession;
import dev.writeguard.violation.GuardException;
import dev.writeguard.violation.SqlFailures;
import java.sql.SQLException;

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

    /** A refusal: takes back what was written, by the rollback of a transaction of our own or in the caller's. */
    void takeBack() throws SQLException {
        if (!session.undo()) {
            written.takeBack(session);
        }
    }

    /** A failure after which the caller could go on and commit, because it was not the server that raised it. */
    void leaveNothing(Throwable failure) {
        if (!session.joined() || SqlFailures.endsTransaction(failure) && session.errorsAbort()) {
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

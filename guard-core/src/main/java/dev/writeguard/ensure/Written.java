package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Table;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/** What one run has written so far into a transaction, and the way to take it back. */
final class Written {

    /** Those of one message together, of one rule, ancestors before their descendants. */
    private final List<List<PlannedParent>> created = new ArrayList<>();

    private boolean beyondReach;

    /** Notes what one message has created. */
    void created(List<PlannedParent> parents) {
        if (!parents.isEmpty()) {
            created.add(parents);
        }
    }

    /**
     * Notes that something was written that a DELETE of what was created does not undo: rows were changed that were there,
     * or stored where nobody finds them, or children are there already.
     */
    void beyondReach() {
        beyondReach = true;
    }

    boolean isEmpty() {
        return created.isEmpty() && !beyondReach;
    }

    /** How many messages have created something so far. */
    int size() {
        return created.size();
    }

    /** Deletes all that was created, or aborts the transaction. */
    void takeBack(WriteSession session) throws SQLException {
        while (!created.isEmpty()) {
            delete(session, created.remove(created.size() - 1), TakeBackSql::parents);
        }
    }

    /** The same where rows may have been changed, too: then only an abort is left. */
    void takeBackOrAbort(WriteSession session) throws SQLException {
        if (beyondReach) {
            session.send(SqlAssertion.never());
        }
        takeBack(session);
    }

    /** Takes back the ancestors that nobody refers to, of those created by one message up to before another. */
    void takeBackUnused(WriteSession session, int from, int to) throws SQLException {
        List<List<PlannedParent>> range = created.subList(from, to);
        for (int message = range.size() - 1; message >= 0; message--) {
            delete(session, range.remove(message), TakeBackSql::unusedParents);
        }
    }

    private static void delete(
            WriteSession session, List<PlannedParent> parents, BiFunction<ParentRule, Input, Action> delete)
            throws SQLException {
        ParentRule rule = parents.get(0).rule();
        try {
            session.send(delete.apply(rule, PlannedParent.keys(parents)));
        } catch (SQLException failure) {
            throw failed(rule.table(), failure);
        }
    }

    /** What makes the rows stay is said; a lost connection and the like are what they are. */
    static SQLException failed(Table table, SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        if (!SqlAssertion.failed(failure) && !state.equals("42501") && !state.startsWith("23")) {
            return failure;
        }
        throw new GuardException(
                FailureReport.of(
                        FailureCode.NOT_TAKEN_BACK,
                        "ensure",
                        table.name(),
                        "what was created for a refused write could not be deleted again."),
                failure);
    }
}

package dev.writeguard.ensure;

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
import org.jspecify.annotations.Nullable;

/** What one run has written so far into a transaction, and the way to take it back. */
final class Written {

    /** Root first. */
    private final List<Creation> created = new ArrayList<>();

    private boolean beyondReach;

    /**
     * @param below the rule of the parent that it was created for as an ancestor
     */
    private record Creation(PlannedParent parent, @Nullable ParentRule below) {

        boolean likeThat(Creation other) {
            return parent.rule() == other.parent.rule() && Objects.equals(below, other.below);
        }
    }

    void created(PlannedParent parent, @Nullable ParentRule below) {
        created.add(new Creation(parent, below));
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

    /** How many parents have been created so far. */
    int size() {
        return created.size();
    }

    /** Deletes all that was created, or aborts the transaction. */
    void takeBack(WriteSession session) throws SQLException {
        takeBack(session, 0, created.size(), false);
    }

    /** The same where rows may have been changed, too: then only an abort is left. */
    void takeBackOrAbort(WriteSession session) throws SQLException {
        if (beyondReach) {
            session.send(SqlAssertion.never());
        }
        takeBack(session);
    }

    /** Deletes the ancestors that nobody refers to, of those created from one position to another. */
    void takeBackUnused(WriteSession session, int from, int to) throws SQLException {
        takeBack(session, from, to, true);
    }

    /** Those of one kind in one statement, descendants before their ancestors. */
    private void takeBack(WriteSession session, int from, int to, boolean unusedOnly) throws SQLException {
        List<Creation> range = created.subList(from, to);
        List<Creation> left = new ArrayList<>(range);
        range.clear();
        while (!left.isEmpty()) {
            Creation last = left.get(left.size() - 1);
            List<PlannedParent> alike = new ArrayList<>();
            while (!left.isEmpty() && left.get(left.size() - 1).likeThat(last)) {
                alike.add(left.remove(left.size() - 1).parent());
            }
            delete(session, alike, unusedOnly ? last.below() : null);
        }
    }

    private static void delete(WriteSession session, List<PlannedParent> parents, @Nullable ParentRule unlessUsedBy)
            throws SQLException {
        ParentRule rule = parents.get(0).rule();
        try {
            session.send(TakeBackSql.parents(rule, PlannedParent.keys(parents), unlessUsedBy));
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

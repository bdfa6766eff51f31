package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.plan.Row;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.RowValues;
import dev.writeguard.sql.Sql;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The child that is stored already where one is sent twice. */
final class StoredChild {

    private StoredChild() {}

    /**
     * Looks for it by the key that it is sent once by; empty also for a rule that has none. Who gives other values for the
     * parent than those that must match is told no column of it.
     */
    static Optional<ChildOutcome> look(WriteSession session, PlannedChild child, PlannedParent parent)
            throws SQLException {
        boolean tells =
                child.rule().returning().isEmpty() || parent.rule().match().isEmpty();
        return look(session, child, parent.row(), tells ? List.of() : List.of(ParentSql.disagrees(parent)));
    }

    /** The same whatever its parent says. */
    static Optional<ChildOutcome> lookUnguarded(WriteSession session, PlannedChild child, ParentRow parent)
            throws SQLException {
        return look(session, child, parent, List.of());
    }

    private static Optional<ChildOutcome> look(
            WriteSession session, PlannedChild child, ParentRow parent, List<Sql> disagrees) throws SQLException {
        ChildRule rule = child.rule();
        if (rule.once().isEmpty()) {
            return Optional.empty();
        }
        List<Row> found =
                session.send(ChildSql.look(child, parent, disagrees)).get(0).rows();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!found.get(0).flag(0)) {
            return Optional.of(new Elsewhere(rule.table().name()));
        }
        boolean withheld = !disagrees.isEmpty() && found.get(0).flag(1);
        return Optional.of(
                new Duplicate(withheld ? RowValues.none(rule.table()) : returned(rule, found, 1 + disagrees.size())));
    }

    /**
     * Takes back what was written for a child that turned out to be stored. Under a parent that this very call has created,
     * or where triggers store children, it was this transaction that has stored it.
     */
    static void takeBackFor(ChildOutcome stored, boolean perhapsByThisCall, Run run) throws SQLException {
        if (!(stored instanceof Duplicate && perhapsByThisCall)) {
            run.takeBack();
        }
    }

    /** A child that is in the way of the INSERT, and is not found: hidden by a policy, or gone by then. */
    static GuardException hidden(ChildRule rule) {
        return new GuardException(new FailureReport(
                FailureCode.CHILD_HIDDEN,
                "insert " + rule.table(),
                "its key conflicts, or a trigger kept the row, yet no child is found under it.",
                rule.table().name(),
                null,
                null,
                !rule.table().rowSecurity()));
    }

    /** The columns that the rule returns. */
    static RowValues returned(ChildRule rule, List<Row> rows, int offset) {
        if (rows.isEmpty()) {
            return RowValues.none(rule.table());
        }
        Object[] values = IntStream.range(0, rule.returning().size())
                .mapToObj(i -> rows.get(0).value(offset + i))
                .toArray();
        return RowValues.stored(rule.table(), rule.returning(), values);
    }
}

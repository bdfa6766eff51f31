package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.plan.Row;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.RowValues;
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

    /** Looks for it by the key that it is sent once by; empty also for a rule that has none. */
    static Optional<ChildOutcome> look(WriteSession session, PlannedChild child, ParentRow parent) throws SQLException {
        ChildRule rule = child.rule();
        if (rule.once().isEmpty()) {
            return Optional.empty();
        }
        List<Row> found = session.send(ChildSql.look(child, parent)).get(0).rows();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        boolean sameParent = found.get(0).flag(0);
        return Optional.of(
                sameParent
                        ? new Duplicate(returned(rule, found, 1))
                        : new Elsewhere(rule.table().name()));
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

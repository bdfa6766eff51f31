package dev.writeguard.ensure;

import dev.writeguard.rule.RowValues;
import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;

/**
 * What became of one child.
 *
 * @since 0.1
 */
public sealed interface ChildOutcome {

    /** The word for it in events and meters. */
    String name();

    /**
     * This outcome, unless the child was refused. A {@link Duplicate} is no refusal: the child is stored.
     *
     * @throws GuardException {@code GRD-107}, {@code GRD-108}, {@code GRD-110} or {@code GRD-117}
     */
    default ChildOutcome orThrow() {
        return this;
    }

    /**
     * The child has been inserted.
     *
     * @param parentCreated whether its parent was inserted with it
     * @param stored the columns that the rule returns; none in bulk
     * @since 0.1
     */
    record Inserted(boolean parentCreated, RowValues stored) implements ChildOutcome {
        @Override
        public String name() {
            return "inserted";
        }
    }

    /**
     * A child of the same key is stored already, under the same parent. Nothing was written; but where two
     * transactions send the same child with TOUCH at the same moment, both touch the parent. A child that a trigger
     * has stored during the call is one, too, since Guard cannot tell it from another transaction's: it stays stored,
     * and so does its parent.
     *
     * @param stored the columns that the rule returns, as stored; none in bulk, nor for who gives other values for the
     *     parent than those that must match
     * @since 0.1
     */
    record Duplicate(RowValues stored) implements ChildOutcome {
        @Override
        public String name() {
            return "duplicate";
        }
    }

    /**
     * A child of the same key is stored already, under another parent. Nothing was written.
     *
     * @since 0.1
     */
    record Elsewhere(TableName table) implements ChildOutcome {
        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public ChildOutcome orThrow() {
            throw new GuardException(FailureReport.of(
                    FailureCode.CHILD_ELSEWHERE, "insert", table, "its key is stored already, under another parent."));
        }
    }

    /**
     * The existing parent may not be used. Nothing was written.
     *
     * @since 0.1
     */
    record Refused(TableName table, Refusal why) implements ChildOutcome {
        @Override
        public String name() {
            return "refused";
        }

        @Override
        public ChildOutcome orThrow() {
            throw new GuardException(
                    FailureReport.of(why.code(), "insert", table, "its parent may not be used: " + why.why()));
        }
    }

    /**
     * Nothing is wrong with this child, but another of the same bulk was refused, and a bulk is all or none.
     *
     * @since 0.1
     */
    record Withheld() implements ChildOutcome {
        @Override
        public String name() {
            return "withheld";
        }
    }
}

package dev.writeguard.ensure;

import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of one parent.
 *
 * @since 0.1
 */
public sealed interface EnsureOutcome {

    /** The rule's key: as stored, where the parent was read; else as given. */
    RowKey key();

    /** The word for it in events and meters. */
    String name();

    /**
     * This outcome, unless it is a refusal. Not always a {@link Present}: without Guard's enforcement it is an
     * {@link Unchecked}.
     *
     * @throws GuardException {@code GRD-107}, {@code GRD-108} or {@code GRD-117} for a {@link Refused}
     */
    default EnsureOutcome orThrow() {
        return this;
    }

    /**
     * The parent that is there, with the key that children refer to. Empty for a {@link Refused}, and for an
     * {@link Unchecked}, of which {@link #orThrow} makes no exception: nobody has looked whether there is one.
     */
    default Optional<Present> present() {
        return Optional.empty();
    }

    /** A parent that is there and locked until the transaction ends. */
    sealed interface Present extends EnsureOutcome {

        @Override
        default Optional<Present> present() {
            return Optional.of(this);
        }

        /** The key that children refer to, as stored. */
        RowKey reference();

        /** The version that TOUCH left, for a rule that has a version column. */
        OptionalLong version();

        /** The times that TOUCH set, as stored; no column for a rule without. */
        RowValues times();
    }

    /**
     * The parent was absent and has been inserted.
     *
     * @since 0.1
     */
    record Created(RowKey key, RowKey reference, OptionalLong version, RowValues times) implements Present {
        @Override
        public String name() {
            return "created";
        }
    }

    /**
     * The parent was there.
     *
     * @since 0.1
     */
    record Existing(RowKey key, RowKey reference, OptionalLong version, RowValues times) implements Present {
        @Override
        public String name() {
            return "existing";
        }
    }

    /**
     * The parent was there and may not be used; nothing of it was changed.
     *
     * @since 0.1
     */
    record Refused(RowKey key, Refusal why) implements EnsureOutcome {
        @Override
        public String name() {
            return "refused";
        }

        @Override
        public EnsureOutcome orThrow() {
            throw new GuardException(FailureReport.of(why.code(), "ensure", key.table(), why.why()));
        }
    }

    /**
     * Guard's mode is not {@code ENFORCE}: nothing was sent.
     *
     * @since 0.1
     */
    record Unchecked(RowKey key) implements EnsureOutcome {
        @Override
        public String name() {
            return "unchecked";
        }
    }
}

package dev.writeguard.ensure;

import dev.writeguard.schema.Column;
import dev.writeguard.violation.FailureCode;
import java.util.List;

/**
 * Why an existing parent may not be used. Nothing of it was changed.
 *
 * @since 0.1
 */
public sealed interface Refusal {

    /** The code that {@code orThrow} raises it with. */
    FailureCode code();

    /** One sentence without values of rows. */
    String why();

    /**
     * The parent differs from the given values in columns that must match.
     *
     * @since 0.1
     */
    record Mismatch(List<Column> columns) implements Refusal {

        public Mismatch {
            columns = List.copyOf(columns);
        }

        @Override
        public FailureCode code() {
            return FailureCode.PARENT_MISMATCH;
        }

        @Override
        public String why() {
            return "the existing row differs in " + columns + ".";
        }
    }

    /**
     * The parent is in a state in which it accepts no children.
     *
     * @param state the state as the database prints it; {@code null} as text where it is null
     * @since 0.1
     */
    record WrongState(Column column, String state) implements Refusal {

        @Override
        public FailureCode code() {
            return FailureCode.PARENT_STATE;
        }

        @Override
        public String why() {
            return "its " + column + " is none in which it accepts children.";
        }

        /** The column; the state is on its accessor. */
        @Override
        public String toString() {
            return "WrongState[" + column + "]";
        }
    }

    /**
     * The parent has NULL in columns that children refer to, so that none can.
     *
     * @since 0.1
     */
    record NullReference(List<Column> columns) implements Refusal {

        public NullReference {
            columns = List.copyOf(columns);
        }

        @Override
        public FailureCode code() {
            return FailureCode.REFERENCE_NULL;
        }

        @Override
        public String why() {
            return "the stored row is NULL in " + columns + ", by which children refer to it.";
        }
    }
}

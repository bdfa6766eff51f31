package dev.writeguard.rule;

import java.util.Objects;

/**
 * A child and the parent that it needs.
 *
 * @param parent the parent, whose key fills the child's columns of the reference
 * @param values the child's other columns
 * @since 0.1
 */
public record ChildRow(ParentRow parent, RowValues values) {

    public ChildRow {
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(values, "values");
    }

    /** Tables and columns; never the values. */
    @Override
    public String toString() {
        return "ChildRow[" + values + " under " + parent + "]";
    }
}

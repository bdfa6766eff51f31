package dev.writeguard.ensure;

import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.schema.Column;
import dev.writeguard.schema.UniqueKey;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A child whose values have been checked against its rule. */
record PlannedChild(ChildRule rule, RowValues values) {

    static PlannedChild of(ChildRule rule, ChildRow row) {
        RowValues values = row.values();
        if (values.table().oid() != rule.table().oid()) {
            throw invalid(rule, "the values are of the table " + values.table() + ".");
        }
        for (Column column : values.columns()) {
            if (rule.columns().contains(column)) {
                throw invalid(
                        rule, "the column " + column + " refers to the parent; the parent's key gives its value.");
            }
        }
        for (Column column : onceColumns(rule)) {
            if (!rule.columns().contains(column) && values.value(column) == null) {
                throw invalid(rule, "no value for " + column + ", by which a child that is sent twice is recognised.");
            }
        }
        return new PlannedChild(rule, values);
    }

    /**
     * Many children as one input, each with the position of its parent.
     *
     * @throws GuardException {@link FailureCode#COLUMN_INVALID} if not all give values for the same columns
     */
    static Input input(List<PlannedChild> children, DistinctParents parents) {
        PlannedChild first = children.get(0);
        for (PlannedChild child : children) {
            if (!child.values().columns().equals(first.values().columns())) {
                throw invalid(first.rule(), "rows of one call give values for different columns.");
            }
        }
        return Input.of(
                        first.columns(),
                        children,
                        (child, column) -> child.values().value(column))
                .under(parents.ordinals());
    }

    List<Column> columns() {
        return List.copyOf(values.columns());
    }

    /** The value at a place of this child; what is no such place stays what it is. */
    @Nullable
    Object at(@Nullable Object place) {
        return place instanceof Place.OfChild ofChild ? ofChild.sent(values.value(ofChild.column())) : place;
    }

    /** Any child with the same columns: a place instead of each value. */
    PlannedChild places() {
        Object[] places = columns().stream().map(Place.OfChild::new).toArray();
        return new PlannedChild(rule, RowValues.stored(rule.table(), columns(), places));
    }

    /** Whether the key of the child is known before its parent is. */
    boolean identifiedByItself() {
        return rule.once().isPresent() && onceColumns(rule).stream().noneMatch(rule.columns()::contains);
    }

    static List<Column> onceColumns(ChildRule rule) {
        return rule.once().map(UniqueKey::columns).orElse(List.of());
    }

    static GuardException invalid(ChildRule rule, String why) {
        return new GuardException(FailureReport.of(
                FailureCode.COLUMN_INVALID, "insert", rule.table().name(), why));
    }
}

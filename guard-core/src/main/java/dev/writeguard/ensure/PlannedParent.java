package dev.writeguard.ensure;

import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.rule.Touch;
import dev.writeguard.schema.Column;
import dev.writeguard.sql.JdbcValues;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parent with every value that its INSERT will have: key first, then the given or the template's values, then, once
 * they are known, the columns that refer to ancestors.
 */
record PlannedParent(ParentRow row, Map<Column, @Nullable Object> values) {

    static PlannedParent of(ParentRow row, RowValues child) {
        ParentRule rule = row.rule();
        RowKey key = checkedKey(row);
        RowValues given = row.values().orElseGet(() -> fromTemplate(rule, key, child));
        if (given.table().oid() != rule.table().oid()) {
            throw failure(rule, FailureCode.TEMPLATE_FAILED, "the values are of the table " + given.table() + ".");
        }
        Map<Column, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : rule.key().columns()) {
            values.put(column, key.value(column));
        }
        for (Column column : given.columns()) {
            Object value = given.value(column);
            if (!values.containsKey(column)) {
                values.put(column, value);
            } else if (value == null
                    || !Objects.deepEquals(values.get(column), column.type().inItsClass(value))) {
                throw failure(rule, FailureCode.TEMPLATE_FAILED, "the values give another key than the one asked for.");
            }
        }
        requireGiven(rule, values, rule.match(), "must match");
        requireGiven(rule, values, rule.touch().map(Touch::values).orElse(List.of()), "is touched");
        return new PlannedParent(row, values);
    }

    /**
     * A parent of another rule would bring that rule's weaker conditions with it.
     *
     * @throws GuardException {@link FailureCode#KEY_INVALID} if it is not of that rule
     */
    static void requireOf(ParentRule rule, ParentRow row) {
        if (row.rule() != rule) {
            throw failure(rule, FailureCode.KEY_INVALID, "the row given was made by another rule, for " + row + ".");
        }
    }

    private static void requireGiven(
            ParentRule rule, Map<Column, @Nullable Object> values, List<Column> columns, String purpose) {
        for (Column column : columns) {
            if (!values.containsKey(column)) {
                throw failure(
                        rule,
                        FailureCode.VALUES_MISSING,
                        "the column " + column + " " + purpose + ", but no value was given.");
            }
        }
    }

    private static RowKey checkedKey(ParentRow row) {
        RowKey key = row.key();
        if (!key.table().equals(row.rule().table().name())
                || !key.key().equals(row.rule().key())) {
            throw failure(row.rule(), FailureCode.KEY_INVALID, "the key given is one of " + key + ".");
        }
        return key;
    }

    private static RowValues fromTemplate(ParentRule rule, RowKey key, RowValues child) {
        if (rule.template().isEmpty()) {
            return RowValues.none(rule.table());
        }
        RowValues supplied;
        try {
            supplied = rule.template().get().valuesFor(key, child);
        } catch (RuntimeException failure) {
            throw new GuardException(
                    FailureReport.of(
                            FailureCode.TEMPLATE_FAILED,
                            "ensure",
                            rule.table().name(),
                            "its template threw an exception."),
                    failure);
        }
        return Objects.requireNonNullElseGet(supplied, () -> {
            throw failure(rule, FailureCode.TEMPLATE_FAILED, "its template returned null.");
        });
    }

    /** The keys of parents of one rule. */
    static Input keys(List<PlannedParent> parents) {
        return Input.of(parents.get(0).rule().key().columns(), parents, PlannedParent::value);
    }

    /** The keys of parents of one rule, and what must match. */
    static Input compared(List<PlannedParent> parents) {
        ParentRule rule = parents.get(0).rule();
        return input(parents, Stream.concat(rule.key().columns().stream(), rule.match().stream()));
    }

    /** The same, and what is touched. */
    static Input comparedAndTouched(List<PlannedParent> parents) {
        ParentRule rule = parents.get(0).rule();
        Stream<Column> touched = rule.touch().map(Touch::values).orElse(List.of()).stream();
        return input(
                parents,
                Stream.of(rule.key().columns().stream(), rule.match().stream(), touched)
                        .flatMap(columns -> columns));
    }

    private static Input input(List<PlannedParent> parents, Stream<Column> columns) {
        return Input.of(columns.distinct().toList(), parents, PlannedParent::value);
    }

    ParentRule rule() {
        return row.rule();
    }

    RowKey key() {
        return row.key();
    }

    List<Column> columns() {
        return List.copyOf(values.keySet());
    }

    /**
     * The columns of many parents that go into one statement.
     *
     * @throws GuardException {@link FailureCode#COLUMN_INVALID} if not all have the same
     */
    static List<Column> commonColumns(List<PlannedParent> parents) {
        Set<Column> columns = parents.get(0).values().keySet();
        for (PlannedParent parent : parents) {
            if (!parent.values().keySet().equals(columns)) {
                throw failure(
                        parent.rule(),
                        FailureCode.COLUMN_INVALID,
                        "rows of one call give values for different columns.");
            }
        }
        return List.copyOf(columns);
    }

    @Nullable
    Object value(Column column) {
        return values.get(column);
    }

    /** The value at a place of this parent; what is no such place stays what it is. */
    @Nullable
    Object at(@Nullable Object place) {
        return place instanceof Place.OfParent ofParent ? ofParent.sent(value(ofParent.column())) : place;
    }

    /** Any parent with the same columns: a place instead of each value. */
    PlannedParent places() {
        Map<Column, @Nullable Object> places = new LinkedHashMap<>();
        values.keySet().forEach(column -> places.put(column, new Place.OfParent(column)));
        Object[] key = key().key().columns().stream().map(Place.OfParent::new).toArray();
        return new PlannedParent(ParentRow.of(rule(), rule().key(key)), places);
    }

    /** The same parent with the columns that refer to an ancestor. */
    PlannedParent referringTo(RowKey ancestor, List<Column> columns) {
        Map<Column, @Nullable Object> filled = new LinkedHashMap<>(values);
        for (int i = 0; i < columns.size(); i++) {
            filled.put(columns.get(i), ancestor.value(i));
        }
        return new PlannedParent(row, filled);
    }

    /**
     * The columns without which an INSERT must fail, or store a row that no child can refer to; where a trigger may
     * fill them, the database decides.
     */
    List<Column> missing() {
        List<Column> missing = new ArrayList<>();
        if (!rule().table().rewritesInserts()) {
            for (Column column : rule().table().columnsInNeed()) {
                if (values.get(column) == null) {
                    missing.add(column);
                }
            }
            for (Column column : rule().nullableReference()) {
                if (values.get(column) == null && staysNull(column)) {
                    missing.add(column);
                }
            }
        }
        return missing;
    }

    /** Whether the database leaves a column NULL that is given no value, or NULL, which keeps the default away. */
    private boolean staysNull(Column column) {
        return column.origin() == Column.Origin.WRITER
                && (column.defaultExpression() == null || values.containsKey(column));
    }

    /**
     * @throws GuardException {@link FailureCode#VALUES_MISSING} if the absent parent cannot be created
     */
    void requireValues() {
        if (!missing().isEmpty()) {
            throw failure(
                    rule(),
                    FailureCode.VALUES_MISSING,
                    "the row is absent and cannot be created: no value for " + missing() + ".");
        }
    }

    /**
     * Whether an existing parent is looked for first: a hit then writes nothing, creates no ancestors, and fires no
     * trigger that could store the row under another key beside the one that is there.
     */
    boolean looksFirst() {
        return rule().looksFirst()
                || rule().table().rewritesInserts()
                || !row.ancestors().isEmpty()
                || !missing().isEmpty();
    }

    /**
     * Whether the INSERT stores the row under the key given, visibly, and with the values that must match. Not so
     * behind triggers, rules and row-level security; and a varchar cuts trailing blanks beyond its length without an
     * error.
     */
    boolean storedAsGiven() {
        return !rule().table().rowSecurity()
                && !rule().table().rewritesInserts()
                && !mayBeCut(rule().key().columns())
                && !mayBeCut(rule().match());
    }

    private boolean mayBeCut(List<Column> columns) {
        for (Column column : columns) {
            if (column.maximumLength() > 0 && JdbcValues.mayBeLonger(value(column), column.maximumLength())) {
                return true;
            }
        }
        return false;
    }

    /** The values as a row: the child, from the view of an ancestor. */
    RowValues asRowValues() {
        return RowValues.stored(rule().table(), columns(), values.values().toArray());
    }

    static GuardException failure(ParentRule rule, FailureCode code, String why) {
        return new GuardException(FailureReport.of(code, "ensure", rule.table().name(), why));
    }
}

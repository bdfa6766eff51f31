package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.UniqueKey;
import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of one row: a value for each column of a unique key, in the key's order, none of them null.
 *
 * <p>Two keys are never compared in Java: whether 1.0 and 1.00, or {@code Ann} and {@code ann}, are one key is for the
 * column's type to say. Results are matched by the position of the input.
 *
 * <p>An integral number has the class of its column, whatever it was given as, text included: {@link Short} for
 * {@code smallint}, {@link Integer} for {@code integer}, {@link Long} for {@code bigint}; and the text of a uuid is a
 * {@link java.util.UUID}. One that is too large for the column stays as it is; the server refuses it. An enum is its
 * name. A value of any other class stays as it is, too: the key of an outcome has the value that was stored for it.
 *
 * @since 0.1
 */
public final class RowKey {

    private final Table table;
    private final UniqueKey key;
    private final List<Object> values;

    private RowKey(Table table, UniqueKey key, List<Object> values) {
        this.table = table;
        this.key = key;
        this.values = values;
    }

    /**
     * The key of a row of that table.
     *
     * @param values one for each column of the key, in its order
     * @throws GuardException {@link FailureCode#KEY_INVALID} if one is null or the number differs
     */
    public static RowKey of(Table table, UniqueKey key, Object... values) {
        if (values == null) {
            throw invalid(table, "the key " + key.name() + " " + key.columns() + " is null.");
        }
        List<Object> copy = new ArrayList<>(values.length);
        for (Object value : values) {
            if (value == null) {
                throw invalid(table, "a value of the key " + key.name() + " " + key.columns() + " is null.");
            }
            copy.add(value);
        }
        if (copy.size() != key.columns().size()) {
            throw invalid(
                    table, "the key " + key.name() + " " + key.columns() + " was given " + copy.size() + " value(s).");
        }
        for (int i = 0; i < copy.size(); i++) {
            copy.set(i, key.columns().get(i).type().inItsClass(copy.get(i)));
        }
        return new RowKey(table, key, Collections.unmodifiableList(copy));
    }

    /**
     * @throws GuardException {@link FailureCode#KEY_INVALID} if there is no key
     */
    static RowKey required(Table table, @Nullable RowKey key) {
        if (key == null) {
            throw invalid(table, "its key is null.");
        }
        return key;
    }

    private static GuardException invalid(Table table, String why) {
        return new GuardException(FailureReport.of(FailureCode.KEY_INVALID, "address a row of", table.name(), why));
    }

    public TableName table() {
        return table.name();
    }

    /** The unique key whose columns the values belong to. */
    public UniqueKey key() {
        return key;
    }

    /** The value at a position of the key, from 0. */
    public Object value(int position) {
        return values.get(position);
    }

    /**
     * The value of a column of the key.
     *
     * @throws IllegalArgumentException if the key has no such column
     */
    public Object value(Column column) {
        int position = key.columns().indexOf(column);
        if (position < 0) {
            throw new IllegalArgumentException("The key " + key.name() + " has no column " + column);
        }
        return values.get(position);
    }

    /**
     * The value of a column of the key, by the column's name.
     *
     * @throws IllegalArgumentException if the key has no such column
     */
    public Object value(String column) {
        return value(key.columns().stream()
                .filter(candidate -> candidate.name().name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The key " + key.name() + " has no column " + column)));
    }

    /** Table and columns; never the values. */
    @Override
    public String toString() {
        return "RowKey[" + table.name() + key.columns() + "]";
    }
}

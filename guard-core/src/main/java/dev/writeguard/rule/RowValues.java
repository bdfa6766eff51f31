package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.Table;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values for columns of one row. Columns left out take their default in the database; a null given is stored as null.
 *
 * <p>Values are Java objects as the PostgreSQL driver takes them, plus {@link java.time.Instant},
 * {@link java.time.ZonedDateTime}, {@link java.util.Date}, characters and enums (by name). They are cast to the
 * column's type by the server. An integral number and a {@code uuid} have the class of their column, and an enum is its
 * name, as in a {@link RowKey}.
 *
 * @since 0.1
 */
public final class RowValues {

    private final Table table;
    private final Map<Column, @Nullable Object> values;

    private RowValues(Table table, Map<Column, @Nullable Object> values) {
        this.table = table;
        this.values = values;
    }

    /** Starts a row of that table. */
    public static Builder of(Table table) {
        return new Builder(table);
    }

    /** A row of that table that leaves every column to its default. */
    public static RowValues none(Table table) {
        return new RowValues(table, Map.of());
    }

    /** A row as the database returned it: a value for each column, generated ones included. */
    public static RowValues stored(Table table, List<Column> columns, @Nullable Object... values) {
        Map<Column, @Nullable Object> stored = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            stored.put(columns.get(i), values[i]);
        }
        return new RowValues(table, Collections.unmodifiableMap(stored));
    }

    public Table table() {
        return table;
    }

    /** The columns that have a value, in the order in which they were set. */
    public Set<Column> columns() {
        return values.keySet();
    }

    public boolean has(Column column) {
        return values.containsKey(column);
    }

    /** The column's value; null if it is null or was left out. */
    public @Nullable Object value(Column column) {
        return values.get(column);
    }

    /**
     * The value of a column by name; null if it is null or was left out.
     *
     * @throws GuardException {@link FailureCode#COLUMN_INVALID} if the table has no such column
     */
    public @Nullable Object value(String column) {
        return values.get(column(table, column));
    }

    /** Table and columns; never the values. */
    @Override
    public String toString() {
        return "RowValues[" + table.name() + values.keySet() + "]";
    }

    private static Column column(Table table, String name) {
        return table.column(name).orElseThrow(() -> invalid(table, "it has no column \"" + name + "\"."));
    }

    private static GuardException invalid(Table table, String why) {
        return new GuardException(FailureReport.of(FailureCode.COLUMN_INVALID, "describe a row of", table.name(), why));
    }

    /**
     * Collects the values of one row.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Table table;
        private final Map<Column, @Nullable Object> values = new LinkedHashMap<>();

        private Builder(Table table) {
            this.table = table;
        }

        /**
         * Sets a column; the last value counts.
         *
         * @throws GuardException {@link FailureCode#COLUMN_INVALID} if the table has no such column, or only the
         *     database may fill it
         */
        public Builder set(String column, @Nullable Object value) {
            return set(column(table, column), value);
        }

        /**
         * Sets a column; the last value counts.
         *
         * @throws GuardException {@link FailureCode#COLUMN_INVALID} if only the database may fill it
         */
        public Builder set(Column column, @Nullable Object value) {
            if (!column.writable()) {
                throw invalid(table, "the column \"" + column + "\" is generated always; only the database fills it.");
            }
            values.put(column, value == null ? null : column.type().inItsClass(value));
            return this;
        }

        /** The values set so far. */
        public RowValues build() {
            return new RowValues(table, Collections.unmodifiableMap(new LinkedHashMap<>(values)));
        }
    }
}

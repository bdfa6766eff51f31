package dev.writeguard.ensure;

import dev.writeguard.schema.Column;
import dev.writeguard.sql.Identifier;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.SqlPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many rows as one array for each column, or several where its values differ in type. In a statement the columns are
 * {@code c1}, {@code c2}, … in the types of the table's columns; {@code i} is the position of the row, from 1, beside
 * the position of its parent.
 *
 * @param size the number of rows
 * @param columns the columns of the table
 * @param arrays their values
 * @param parents for each row the position of its parent in another input, or empty
 */
record Input(int size, List<Column> columns, List<List<Sql>> arrays, List<Long> parents) {

    /** Rows of any kind, with a way to the value of a column. */
    static <R> Input of(List<Column> columns, List<R> rows, BiFunction<R, Column, @Nullable Object> value) {
        List<List<Sql>> arrays = new ArrayList<>();
        for (Column column : columns) {
            List<@Nullable Object> values = new ArrayList<>(rows.size());
            for (R row : rows) {
                values.add(value.apply(row, column));
            }
            arrays.add(Sql.arrays(values));
        }
        return new Input(rows.size(), columns, arrays, List.of());
    }

    /** The same rows, each with the position of its parent. */
    Input under(List<Long> parentPositions) {
        return new Input(size, columns, arrays, parentPositions);
    }

    /** The name of a column in the statement. */
    Identifier name(Column column) {
        int position = columns.indexOf(column);
        if (position < 0) {
            throw new IllegalArgumentException("No column " + column + " in " + columns);
        }
        return new Identifier("c" + (position + 1));
    }

    /** The rows as a subquery. */
    Sql rows() {
        List<SqlPart> typed = new ArrayList<>();
        List<SqlPart> names = new ArrayList<>();
        List<Sql> all = new ArrayList<>();
        for (int position = 0; position < columns.size(); position++) {
            Column column = columns.get(position);
            List<Identifier> ofColumn = arrayNames(column, arrays.get(position).size());
            typed.add(Sql.of("%s AS %s", value(column, ofColumn), name(column)));
            names.addAll(ofColumn);
            all.addAll(arrays.get(position));
        }
        if (!parents.isEmpty()) {
            typed.add(Sql.of("r.parent"));
            names.add(Sql.of("parent"));
            all.add(Sql.array(parents));
        }
        return Sql.of(
                "SELECT %s, r.i FROM unnest(%s) WITH ORDINALITY AS r(%s, i)",
                Sql.list(typed), Sql.list(all), Sql.list(names));
    }

    private List<Identifier> arrayNames(Column column, int arrays) {
        return IntStream.rangeClosed(1, arrays)
                .mapToObj(array ->
                        array == 1 ? name(column) : new Identifier(name(column).name() + "_" + array))
                .toList();
    }

    /** Each value as its own class is cast: 7.5 is a bigint, and the text of it is none. */
    private static Sql value(Column column, List<Identifier> arrays) {
        List<Sql> casts = arrays.stream()
                .map(array -> Sql.of("CAST(r.%s AS %s)", array, column.type()))
                .toList();
        return casts.size() == 1 ? casts.get(0) : Sql.of("COALESCE(%s)", Sql.list(casts));
    }

    /** Columns of the alias {@code u}. */
    List<Sql> of(List<Column> wanted) {
        return wanted.stream().map(column -> Sql.of("u.%s", name(column))).toList();
    }

    /**
     * Columns of the alias {@code u}, as every session sorts them before it takes locks: in the order of the table,
     * since two rules may spell one key in two orders.
     */
    List<Sql> sorted(List<Column> wanted) {
        return wanted.stream()
                .sorted(Comparator.comparingInt(Column::number))
                .map(column -> Sql.of("u.%s%s", name(column), collation(column)))
                .toList();
    }

    /**
     * Text is sorted by its bytes, so that all databases and code paths agree; but where a collation calls different
     * strings equal, by that collation.
     */
    static Sql collation(Column column) {
        Column.Collation collation = column.collation();
        if (collation == null) {
            return Sql.EMPTY;
        }
        return collation.deterministic()
                ? Sql.of(" COLLATE pg_catalog.\"C\"")
                : Sql.of(" COLLATE %s.%s", collation.schema(), collation.name());
    }
}

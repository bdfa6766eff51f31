package dev.writeguard.plan;

import dev.writeguard.sql.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a {@link Message} and the shape of its answer. Knows how to read that answer off the statement.
 *
 * @since 0.1
 */
public sealed interface Action {

    Sql sql();

    /** Reads the current result of the statement. */
    Answer read(PreparedStatement statement) throws SQLException;

    /**
     * A statement that answers with a count of rows.
     *
     * @since 0.1
     */
    record Write(Sql sql) implements Action {
        @Override
        public Answer read(PreparedStatement statement) throws SQLException {
            return new Answer(statement.getUpdateCount(), List.of());
        }
    }

    /**
     * A write that answers with rows, by RETURNING.
     *
     * @param columns the Java class of each column of a row, where the value can have it without loss
     * @since 0.1
     */
    record Returning(Sql sql, List<Class<?>> columns) implements Action {

        public Returning {
            columns = List.copyOf(columns);
        }

        @Override
        public Answer read(PreparedStatement statement) throws SQLException {
            return rows(statement, columns);
        }
    }

    /**
     * A SELECT, which may lock rows, but writes none.
     *
     * @param columns the Java class of each column of a row, where the value can have it without loss
     * @since 0.1
     */
    record Read(Sql sql, List<Class<?>> columns) implements Action {

        public Read {
            columns = List.copyOf(columns);
        }

        @Override
        public Answer read(PreparedStatement statement) throws SQLException {
            return rows(statement, columns);
        }
    }

    private static Answer rows(PreparedStatement statement, List<Class<?>> columns) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet results = statement.getResultSet()) {
            while (results.next()) {
                @Nullable Object[] values = new Object[columns.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = ColumnValue.read(results, i + 1, columns.get(i));
                }
                rows.add(new Row(values));
            }
        }
        return new Answer(rows.size(), rows);
    }
}

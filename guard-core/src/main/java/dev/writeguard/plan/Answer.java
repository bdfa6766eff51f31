package dev.writeguard.plan;

import java.util.List;

/**
 * What one statement answered.
 *
 * @param count rows written, or rows returned
 * @param rows the rows returned; empty for a {@link Action.Write}
 * @since 0.1
 */
public record Answer(long count, List<Row> rows) {

    public Answer {
        rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The only row of an answer that has one. */
    public Row row() {
        return rows.get(0);
    }
}

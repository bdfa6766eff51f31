package dev.writeguard.schema;

import dev.writeguard.sql.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A sequence and the column that owns it.
 *
 * @param increment the step between two values
 * @param table the owning table, if any
 * @param column the owning column, if any
 * @since 0.1
 */
public record Sequence(
        TableName name,
        long increment,
        @Nullable TableName table,
        @Nullable Column column) {}

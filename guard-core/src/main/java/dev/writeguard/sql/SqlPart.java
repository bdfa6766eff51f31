package dev.writeguard.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that may stand in a statement: a quoted name, a type, or another piece of SQL.
 *
 * <p>{@link Sql#of} takes only these, never a {@code String}, so that no text of a caller can become part of a
 * statement by accident.
 *
 * @since 0.1
 */
public sealed interface SqlPart permits Identifier, TableName, TypeName, OperatorName, Sql {

    /** The text as it stands in a statement, with {@code ?} for each value. */
    String text();

    /** The values for the {@code ?} of {@link #text()}, in order. */
    default List<@Nullable Object> values() {
        return List.of();
    }
}

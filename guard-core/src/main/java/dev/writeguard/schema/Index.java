package dev.writeguard.schema;

import dev.writeguard.sql.Identifier;
import java.util.List;

/**
 * An index, usable as a key or not.
 *
 * @param columns the key columns; an expression in the index leaves out its place
 * @param method the access method, such as {@code btree}
 * @param unique whether it enforces uniqueness
 * @param partial whether it has a predicate
 * @param expression whether a key part is an expression
 * @param valid whether it is complete; not so after a failed {@code CREATE INDEX CONCURRENTLY}
 * @param exclusion whether it serves an exclusion constraint, {@code WITHOUT OVERLAPS} included
 * @param ownEquality whether it calls equal what its columns do; not so with a collation or an operator class of its own
 *     that calls other values equal
 * @since 0.1
 */
public record Index(
        Identifier name,
        List<Column> columns,
        String method,
        boolean unique,
        boolean partial,
        boolean expression,
        boolean valid,
        boolean exclusion,
        boolean ownEquality) {

    public Index {
        columns = List.copyOf(columns);
    }

    /** Whether an equality search on these columns can use it: they are its first columns, in any order. */
    public boolean leads(List<Column> wanted) {
        return valid
                && !partial
                && columns.size() >= wanted.size()
                && !expression
                && columns.subList(0, wanted.size()).containsAll(wanted);
    }
}

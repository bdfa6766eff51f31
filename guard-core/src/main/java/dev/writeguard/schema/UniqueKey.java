package dev.writeguard.schema;

import dev.writeguard.sql.Identifier;
import java.util.List;

/**
 * A unique index over plain columns of the whole table, with the columns' own equality: what a foreign key may refer to, and, unless deferrable or
 * temporal, what {@code ON CONFLICT} may name.
 *
 * @param name the constraint's name, or the index's where there is no constraint
 * @param columns in the order of the key
 * @param primary whether it is the primary key
 * @param deferrable whether it is checked later than at the end of each row; such a key can be no conflict target
 * @param temporal whether its last column is a range {@code WITHOUT OVERLAPS} (PostgreSQL 18)
 * @param nullsNotDistinct whether two nulls are equal (PostgreSQL 15)
 * @since 0.1
 */
public record UniqueKey(
        Identifier name,
        List<Column> columns,
        boolean primary,
        boolean deferrable,
        boolean temporal,
        boolean nullsNotDistinct) {

    public UniqueKey {
        columns = List.copyOf(columns);
    }

    /** Whether {@code ON CONFLICT (columns)} may name it. */
    public boolean conflictTarget() {
        return !deferrable && !temporal;
    }

    /** The same key with its columns in another order. */
    public UniqueKey withColumns(List<Column> order) {
        return new UniqueKey(name, order, primary, deferrable, temporal, nullsNotDistinct);
    }
}

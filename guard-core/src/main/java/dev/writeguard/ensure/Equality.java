package dev.writeguard.ensure;

import dev.writeguard.schema.Column;
import dev.writeguard.sql.OperatorName;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.SqlPart;

/**
 * Comparisons as the type of a column means them. PostgreSQL finds an operator by its search path: where that does not show
 * the schema of {@code citext}, its values are compared as text.
 */
final class Equality {

    private Equality() {}

    /** Whether both are there and equal to that column's type. */
    static Sql equal(Column column, SqlPart left, SqlPart right) {
        OperatorName operator = column.equality();
        return operator == null ? Sql.of("%s = %s", left, right) : Sql.of("%s %s %s", left, operator, right);
    }

    /** The same, and two nulls are alike. */
    static Sql same(Column column, SqlPart left, SqlPart right) {
        return column.equality() == null
                ? Sql.of("%s IS NOT DISTINCT FROM %s", left, right)
                : Sql.of("COALESCE(%s, %s IS NULL AND %s IS NULL)", equal(column, left, right), left, right);
    }
}

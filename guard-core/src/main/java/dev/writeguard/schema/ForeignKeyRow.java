package dev.writeguard.schema;

import dev.writeguard.schema.ForeignKey.Timing;
import dev.writeguard.sql.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A foreign key before its two tables are known. */
record ForeignKeyRow(
        Identifier name,
        long child,
        Short[] childKey,
        long parent,
        Short[] parentKey,
        @Nullable String parentIndex,
        ForeignKey.Action onDelete,
        ForeignKey.Action onUpdate,
        Timing timing,
        boolean validated,
        boolean enforced,
        boolean period,
        @Nullable Long inheritedFrom) {

    static ForeignKeyRow of(ResultSet row) throws SQLException {
        return new ForeignKeyRow(
                new Identifier(row.getString("conname")),
                row.getLong("conrelid"),
                (Short[]) row.getArray("conkey").getArray(),
                row.getLong("confrelid"),
                (Short[]) row.getArray("confkey").getArray(),
                row.getString("parent_key"),
                ForeignKey.Action.of(row.getString("confdeltype")),
                ForeignKey.Action.of(row.getString("confupdtype")),
                row.getBoolean("condeferred")
                        ? Timing.INITIALLY_DEFERRED
                        : row.getBoolean("condeferrable") ? Timing.DEFERRABLE : Timing.IMMEDIATE,
                row.getBoolean("convalidated"),
                row.getBoolean("enforced"),
                row.getBoolean("period"),
                row.getObject("conparentid", Long.class));
    }

    ForeignKey resolve(Table childTable, List<Column> childColumns, Table parentTable, List<Column> parentColumns) {
        return new ForeignKey(
                name,
                childTable,
                childColumns,
                parentTable,
                parentColumns,
                parentIndex == null ? null : new Identifier(parentIndex),
                onDelete,
                onUpdate,
                timing,
                validated,
                enforced,
                period,
                inheritedFrom);
    }
}

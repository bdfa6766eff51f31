package dev.writeguard.ensure;

import dev.writeguard.schema.Column;
import dev.writeguard.sql.TypedNull;
import org.jspecify.annotations.Nullable;

/** Stands for the value of a column in statements that are composed once for all rows of a {@link Shape}. */
sealed interface Place {

    Column column();

    /** The column's value as it is sent. */
    default Object sent(@Nullable Object value) {
        return value == null ? new TypedNull(column().type()) : value;
    }

    /** A column of the parent. */
    record OfParent(Column column) implements Place {}

    /** A column of the child, which may be of the same table. */
    record OfChild(Column column) implements Place {}
}

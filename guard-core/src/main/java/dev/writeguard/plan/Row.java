package dev.writeguard.plan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of an {@link Answer}, by position from 0.
 *
 * @since 0.1
 */
public final class Row {

    private final @Nullable Object[] values;

    Row(@Nullable Object[] values) {
        this.values = values;
    }

    public @Nullable Object value(int position) {
        return values[position];
    }

    /** A column that is never null: of a key, or a flag. */
    public <T> T value(int position, Class<T> type) {
        return type.cast(Objects.requireNonNull(values[position]));
    }

    public boolean flag(int position) {
        return value(position, Boolean.class);
    }

    /** An ordinality, from 1, as an index from 0. */
    public int index(int position) {
        return Math.toIntExact(value(position, Long.class) - 1);
    }
}

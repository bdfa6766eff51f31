package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code TOUCH} writes into a parent, existing or just created.
 *
 * @param values columns that take the value given for the parent
 * @param clocks columns that take the time of the transaction
 * @param version a number that is raised by one
 * @since 0.1
 */
public record Touch(
        List<Column> values, List<Column> clocks, @Nullable Column version) {

    public Touch {
        values = List.copyOf(values);
        clocks = List.copyOf(clocks);
    }
}

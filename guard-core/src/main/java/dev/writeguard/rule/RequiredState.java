package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import java.util.Set;

/**
 * The states in which a parent accepts children.
 *
 * @param column the parent's state
 * @param allowed the states, as the database prints them
 * @since 0.1
 */
public record RequiredState(Column column, Set<String> allowed) {

    public RequiredState {
        allowed = Set.copyOf(allowed);
    }
}

package dev.writeguard.schema;

import dev.writeguard.sql.Identifier;

/**
 * A trigger of the user's own; those that enforce foreign keys are part of {@link ForeignKey#enforced()}.
 *
 * @param beforeInsertRow whether it runs before each inserted row, so that it may change or drop the row
 * @param state {@code O} fires in ordinary sessions, {@code D} is disabled, {@code R} replica only, {@code A} always
 * @since 0.1
 */
public record Trigger(Identifier name, boolean beforeInsertRow, char state) {

    /** Whether it fires in an ordinary session. */
    public boolean fires() {
        return state == 'O' || state == 'A';
    }
}

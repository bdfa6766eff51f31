package dev.writeguard.schema;

import dev.writeguard.sql.Identifier;

/**
 * A trigger of the user's own; those that enforce foreign keys are part of {@link ForeignKey#enforced()}.
 *
 * @param beforeInsertRow whether it runs before each inserted row, so that it may change or drop the row
 * @param beforeUpdateRow the same for an update
 * @param state {@code O} fires in ordinary sessions, {@code D} is disabled, {@code R} replica only, {@code A} always
 * @since 0.1
 */
public record Trigger(Identifier name, boolean beforeInsertRow, boolean beforeUpdateRow, char state) {

    /** Whether it fires in an ordinary session. */
    public boolean fires() {
        return state == 'O' || state == 'A';
    }

    /** Whether it may change or drop what a statement brings. */
    boolean rewrites() {
        return beforeInsertRow || beforeUpdateRow;
    }
}

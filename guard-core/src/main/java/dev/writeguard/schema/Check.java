package dev.writeguard.schema;

import dev.writeguard.sql.Identifier;
import java.util.List;

/**
 * A CHECK or EXCLUDE constraint.
 *
 * @param name the constraint's name
 * @param kind which of the two
 * @param columns the columns it reads, as far as the catalog lists them
 * @param definition the constraint as {@code pg_get_constraintdef} prints it
 * @param deferrable whether it can be deferred; always false for CHECK
 * @param validated whether existing rows were checked
 * @param enforced whether it is checked at all (PostgreSQL 18 has {@code NOT ENFORCED})
 * @since 0.1
 */
public record Check(
        Identifier name,
        Kind kind,
        List<Column> columns,
        String definition,
        boolean deferrable,
        boolean validated,
        boolean enforced) {

    /** CHECK or EXCLUDE. */
    public enum Kind {
        CHECK,
        EXCLUDE
    }

    public Check {
        columns = List.copyOf(columns);
    }
}

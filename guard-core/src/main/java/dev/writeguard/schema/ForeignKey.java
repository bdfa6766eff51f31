package dev.writeguard.schema;

import dev.writeguard.sql.Identifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key.
 *
 * @param name the constraint's name on this table; partitions may have derived names
 * @param child the referring table
 * @param childColumns its columns, in the constraint's order
 * @param parent the table referred to
 * @param parentColumns the columns referred to, in the same order
 * @param parentKey the unique index referred to, often but not always the primary key
 * @param onDelete what a delete of the parent does
 * @param onUpdate what a change of the parent's key does
 * @param timing when it is checked
 * @param validated whether existing rows were checked when it was added
 * @param enforced false for {@code NOT ENFORCED} (PostgreSQL 18) and where its triggers are disabled: a soft reference
 * @param period whether the last column pair is {@code PERIOD} (PostgreSQL 18)
 * @param inheritedFrom OID of the partitioned table's constraint that this one was derived from
 * @since 0.1
 */
public record ForeignKey(
        Identifier name,
        Table child,
        List<Column> childColumns,
        Table parent,
        List<Column> parentColumns,
        @Nullable Identifier parentKey,
        Action onDelete,
        Action onUpdate,
        Timing timing,
        boolean validated,
        boolean enforced,
        boolean period,
        @Nullable Long inheritedFrom) {

    /** The referential actions of SQL. */
    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT;

        static Action of(String code) {
            return switch (code) {
                case "r" -> RESTRICT;
                case "c" -> CASCADE;
                case "n" -> SET_NULL;
                case "d" -> SET_DEFAULT;
                default -> NO_ACTION;
            };
        }
    }

    /** When a constraint is checked. */
    public enum Timing {
        IMMEDIATE,
        DEFERRABLE,
        INITIALLY_DEFERRED
    }

    public ForeignKey {
        childColumns = List.copyOf(childColumns);
        parentColumns = List.copyOf(parentColumns);
    }

    @Override
    public String toString() {
        return name + " (" + child.name() + " → " + parent.name() + ")";
    }
}

package dev.writeguard.spring.actuate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule in force, for one table that has the reference: where each subclass has a table of its own, there are several
 * of one name.
 *
 * @param name {@code Message.conversation} for one of an entity, the table for one by name
 * @param mode that holds for it at the moment
 * @param doors where it is enforced
 * @param foreignKey that it relies on; null for a soft reference
 * @param validated whether the database has checked the foreign key for all rows; null for a soft reference
 * @param touches whether an existing parent is written
 * @param states in which a parent accepts children; empty for all
 * @since 0.1
 */
public record RuleDescription(
        String name,
        String mode,
        List<String> doors,
        String child,
        List<String> columns,
        String parent,
        List<String> key,
        @Nullable String foreignKey,
        @Nullable Boolean validated,
        boolean touches,
        List<String> match,
        List<String> states,
        boolean soft) {}

package dev.writeguard.spring.actuate;

import java.util.List;

/**
 * A foreign key without a rule.
 *
 * @param validated whether the database has checked it for all rows
 * @param indexed whether an index leads with its columns
 * @param declare what to write, and where
 * @since 0.1
 */
public record UnruledForeignKey(
        String foreignKey,
        String child,
        List<String> columns,
        String parent,
        boolean validated,
        boolean indexed,
        String declare) {}

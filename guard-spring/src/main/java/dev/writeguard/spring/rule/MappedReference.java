package dev.writeguard.spring.rule;

import java.util.List;

/**
 * An attribute of an entity that refers to another one, with or without a rule.
 *
 * @param name {@code Message.conversation}
 * @param table of the child, as the catalog spells it; with its schema where the mapping names one
 * @param columns that refer, as the catalog spells them
 */
public record MappedReference(String name, List<String> table, List<String> columns) {

    public MappedReference {
        table = List.copyOf(table);
        columns = List.copyOf(columns);
    }
}

package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.sql.TableName;
import java.util.Set;

/** The columns of a table that a rule is about, by their names, and what they refer to. */
public record RuledReference(TableName child, Set<String> columns, TableName parent) {

    public RuledReference {
        columns = Set.copyOf(columns);
    }

    static RuledReference of(ChildRule rule) {
        return new RuledReference(
                rule.table().name(),
                AcceptedParents.names(rule.columns()),
                rule.parent().table().name());
    }
}

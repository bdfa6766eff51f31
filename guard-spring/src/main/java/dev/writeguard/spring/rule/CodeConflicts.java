package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.schema.Column;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rules that code declares by the names of tables, and that say something else of the same columns than an entity
 * does: what one of them refuses, the other would write.
 */
record CodeConflicts(Collection<AssociationRule> ofEntities) {

    /** What contradicts a rule; empty if nothing does. */
    Optional<RuleFault> of(ChildRule inCode) {
        return ofEntities.stream()
                .filter(rule -> isAbout(rule, inCode))
                .flatMap(rule -> between(rule, inCode).stream())
                .findFirst();
    }

    private static boolean isAbout(AssociationRule ofEntity, ChildRule inCode) {
        return ofEntity.children().stream()
                .anyMatch(child -> child.table().name().equals(inCode.table().name())
                        && child.parent()
                                .table()
                                .name()
                                .equals(inCode.parent().table().name())
                        && Set.<Column>copyOf(child.columns()).equals(Set.<Column>copyOf(inCode.columns())));
    }

    private static Optional<RuleFault> between(AssociationRule ofEntity, ChildRule inCode) {
        List<String> differences =
                AcceptedParents.of(ofEntity.parent()).differences(AcceptedParents.of(inCode.parent()));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new RuleFault(
                        "@EnsuredParent " + ofEntity.name() + " is about the same columns, with another "
                                + String.join(", ", differences),
                        "declare the same in both, or leave one of them out"));
    }
}

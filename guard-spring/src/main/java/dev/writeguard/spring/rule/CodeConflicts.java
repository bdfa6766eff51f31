package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.RuleFault;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds rules that code declares by the names of tables, and that say something else of the same columns than an entity
 * does: what one of them refuses, the other would write.
 *
 * @param where the entities are, for a sentence; empty where there is no other place
 */
record CodeConflicts(Collection<AssociationRule> ofEntities, String where) {

    /** What contradicts a rule; empty if nothing does. */
    Optional<RuleFault> of(ChildRule inCode) {
        return ofEntities.stream()
                .filter(rule -> rule.references().contains(RuledReference.of(inCode)))
                .flatMap(rule -> between(rule, inCode).stream())
                .findFirst();
    }

    private Optional<RuleFault> between(AssociationRule ofEntity, ChildRule inCode) {
        List<String> differences =
                AcceptedParents.of(ofEntity.parent()).differences(AcceptedParents.of(inCode.parent()));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new RuleFault(
                        "@EnsuredParent " + ofEntity.name() + where + " is about the same columns, with another "
                                + String.join(", ", differences),
                        "declare the same in both, or leave one of them out"));
    }
}

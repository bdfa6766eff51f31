package dev.writeguard.spring.jpa;

import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.rule.AssociationRule;

/**
 * The compiled rules of one parent.
 *
 * @param parent finds and creates it by its key: the id, or the natural id where the id is generated
 * @param byReference finds it by its id; the same as {@code parent} where that is the key
 */
record ParentRules(ParentRule parent, ParentRule byReference) {

    static ParentRules of(AssociationRule rule) {
        return new ParentRules(rule.parent(), rule.byReference());
    }
}

package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;

/**
 * The compiled rule of one association of an entity: what it refers to has to be there.
 *
 * @param entity the entity that has the association, by its JPA name
 * @param attribute the attribute, with the path to it where it is part of an embeddable
 * @param parentEntity the entity that is referred to, by its JPA name
 * @param parent finds and creates parents by their key: the id, or the natural id where the id is generated
 * @param byReference finds parents by what the child's columns refer to; the same as {@code parent} where that is the key
 * @param child the child's side
 * @since 0.1
 */
public record AssociationRule(
        String entity,
        String attribute,
        String parentEntity,
        ParentRule parent,
        ParentRule byReference,
        ChildRule child) {

    /** Which association, for a sentence: {@code Message.conversation}. */
    public String name() {
        return entity + "." + attribute;
    }
}

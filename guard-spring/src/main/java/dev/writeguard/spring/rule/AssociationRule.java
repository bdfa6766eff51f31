package dev.writeguard.spring.rule;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import java.util.List;

/**
 * The compiled rule of one association of an entity: what it refers to has to be there.
 *
 * @param entity the entity that has the association, by its JPA name
 * @param attribute the attribute, with the path to it where it is part of an embeddable
 * @param method the method of a repository for whose calls alone it is, such as {@code MessageRepository.insert}; empty for one
 *     that is for all writes
 * @param parentEntity the entity that is referred to, by its JPA name
 * @param parent finds and creates parents by their key: the id, or the natural id where the id is generated
 * @param byReference finds parents by what the child's columns refer to; the same as {@code parent} where that is the key
 * @param children the child's side, in each table that has the reference: several where each subclass has a table of its own
 * @since 0.1
 */
public record AssociationRule(
        String entity,
        String attribute,
        String method,
        String parentEntity,
        ParentRule parent,
        ParentRule byReference,
        List<ChildRule> children) {

    /**
     * @throws IllegalArgumentException without a table of the child's
     */
    public AssociationRule {
        if (children.isEmpty()) {
            throw new IllegalArgumentException("A rule is about one table at least");
        }
        children = List.copyOf(children);
    }

    /** The child's side, in the first of its tables. */
    public ChildRule child() {
        return children.get(0);
    }

    /** Which association, for a sentence: {@code Message.conversation}. */
    public String association() {
        return entity + "." + attribute;
    }

    /** The same with the method: {@code Message.conversation, for MessageRepository.insert}. */
    public String name() {
        return method.isEmpty() ? association() : association() + ", for " + method;
    }

    /** Whether it holds however a row is written. What a method declares is about the rows that it writes itself. */
    public boolean isForAllWrites() {
        return method.isEmpty();
    }

    /** Which columns it is about, of each table that has them. */
    public List<RuledReference> references() {
        return children.stream().map(RuledReference::of).toList();
    }

    /** What it says of them: how the parent is found, and which parents are accepted. */
    public List<Object> terms() {
        return List.of(AcceptedParents.names(parent.key().columns()), AcceptedParents.of(parent));
    }
}

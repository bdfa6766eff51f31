package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.RuleFault;
import java.util.Arrays;
import java.util.List;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.persister.entity.EntityPersister;

/**
 * What rows of an entity, or of one of its collections, refer to, and what has to be there therefore. The child is
 * whatever refers to it: the entity itself, or one {@link CollectionElement}.
 */
sealed interface EnsuredAssociation extends EnsuredReference permits EnsuredToOne, EnsuredElements, EnsuredOwner {

    /** Where the entity keeps it. */
    AttributePath path();

    /** The repository's method that declares it for its own calls, for a sentence; empty for all writes. */
    String method();

    ForeignKeyDescriptor foreignKey();

    /** Whether this side writes the columns. */
    boolean owned();

    /** What of its mapping cannot be supported. */
    List<RuleFault> faults();

    /** Whether an absent parent is created; else it can only be found. */
    default boolean creates() {
        return true;
    }

    /** The attribute with the path to it, and with a word where one attribute has two parents. */
    default String attribute() {
        return path().path();
    }

    /** {@code Message.conversation}; for one method {@code Message.conversation, for MessageRepository.insert}. */
    default String name() {
        String attribute = child().getImportedName() + "." + attribute();
        return method().isEmpty() ? attribute : attribute + ", for " + method();
    }

    /** The entity that declares it. */
    default EntityPersister child() {
        return path().declaring();
    }

    /** Whether another declaration of the same association asks for the same. */
    default boolean asks(EnsuredAssociation other) {
        EnsuredParent one = declaration();
        EnsuredParent two = other.declaration();
        return Arrays.equals(one.match(), two.match())
                && Arrays.equals(one.requireState(), two.requireState())
                && one.stateAttribute().equals(two.stateAttribute())
                && one.onExisting() == two.onExisting()
                && Arrays.equals(one.touch(), two.touch())
                && one.soft() == two.soft()
                && one.lookFirst() == two.lookFirst()
                && one.template().equals(two.template());
    }
}

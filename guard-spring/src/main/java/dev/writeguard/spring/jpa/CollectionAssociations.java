package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.RuleFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.EntityCollectionPart;
import org.hibernate.metamodel.mapping.internal.ManyToManyCollectionPart;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * What the rows of an annotated collection refer to. A join table refers to the elements and to the owner; a column that the
 * collection writes into the rows of its elements, to the owner alone.
 */
final class CollectionAssociations {

    private final AttributePath path;
    private final PluralAttributeMapping collection;

    CollectionAssociations(AttributePath path, PluralAttributeMapping collection) {
        this.path = path;
        this.collection = collection;
    }

    /**
     * The elements first.
     *
     * @param method the repository's method that declares it for its own calls; empty for all writes
     */
    List<EnsuredAssociation> declared(EnsuredParent declaration, String method) {
        return collection.getElementDescriptor() instanceof ManyToManyCollectionPart
                ? List.of(new EnsuredElements(path, declaration, method), new EnsuredOwner(path, ownerOf(declaration)))
                : List.of(new EnsuredOwner(path, declaration));
    }

    /** What is said is said of the elements, but for what the table as a whole lacks. */
    private static EnsuredParent ownerOf(EnsuredParent declaration) {
        return AnnotationUtils.synthesizeAnnotation(Map.of("soft", declaration.soft()), EnsuredParent.class, null);
    }

    /** Why there is nothing to ensure for it. */
    Optional<RuleFault> fault() {
        if (!(collection.getElementDescriptor() instanceof EntityCollectionPart)) {
            return Optional.of(new RuleFault(
                    "its elements are no entities", "put the annotation on an association that refers to a parent"));
        }
        if (collection.getIndexDescriptor() instanceof EntityCollectionPart) {
            return Optional.of(new RuleFault(
                    "the keys of the map are entities, too, and would not be ensured",
                    "make an entity of the join table, and put the annotation on its associations"));
        }
        return collection.getJavaType().getJavaTypeClass().isArray()
                ? Optional.of(new RuleFault("it is an array", "map it as a list"))
                : Optional.empty();
    }
}

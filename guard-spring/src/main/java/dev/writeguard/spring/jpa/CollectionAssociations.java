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

    List<EnsuredAssociation> declared(EnsuredParent declaration) {
        return collection.getElementDescriptor() instanceof ManyToManyCollectionPart
                ? List.of(new EnsuredElements(path, declaration, ""), new EnsuredOwner(path, ownerOf(declaration)))
                : List.of(new EnsuredOwner(path, declaration));
    }

    /** The same as a repository declares it. */
    List<EnsuredAssociation> declared(RepositoryDeclaration by) {
        return declared(by.declaration()).stream()
                .map(association -> association instanceof EnsuredElements ? association.declared(by) : association)
                .toList();
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

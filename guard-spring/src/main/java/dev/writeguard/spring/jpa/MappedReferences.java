package dev.writeguard.spring.jpa;

import dev.writeguard.spring.rule.MappedReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ManyToManyCollectionPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;

/** Finds every reference that an entity keeps in columns of its own, or that one of its collections writes. */
final class MappedReferences {

    private final Set<MappedReference> found = new LinkedHashSet<>();

    private MappedReferences() {}

    static List<MappedReference> of(SessionFactoryImplementor factory) {
        var references = new MappedReferences();
        factory.getMappingMetamodel()
                .forEachEntityDescriptor(entity -> references.collect(entity, tableOfItsOwn(entity), List.of()));
        return List.copyOf(references.found);
    }

    /** Where each class has a table, that of the class; the mapping of an inherited attribute names its superclass's. */
    private static Optional<String> tableOfItsOwn(EntityPersister entity) {
        return entity instanceof UnionSubclassEntityPersister && !entity.isAbstract()
                ? Optional.of(entity.getIdentifierTableName())
                : Optional.empty();
    }

    private void collect(ManagedMappingType type, Optional<String> table, List<AttributeMapping> embedded) {
        type.forEachAttributeMapping(attribute -> {
            if (attribute instanceof ToOneAttributeMapping association) {
                add(association, table, embedded);
            } else if (attribute instanceof PluralAttributeMapping collection) {
                add(collection, embedded);
            } else if (attribute instanceof EmbeddableValuedModelPart embeddable) {
                List<AttributeMapping> path = new ArrayList<>(embedded);
                path.add(attribute);
                collect(embeddable.getEmbeddableTypeDescriptor(), table, path);
            }
        });
    }

    private void add(ToOneAttributeMapping association, Optional<String> table, List<AttributeMapping> embedded) {
        if (association.getSideNature() == ForeignKeyDescriptor.Nature.KEY && !association.hasJoinTable()) {
            ForeignKeyDescriptor key = association.getForeignKeyDescriptor();
            add(new AttributePath(embedded, association).name(), table.orElse(key.getKeyTable()), key);
        }
    }

    /** What the rows of a join table refer to, and those of elements by a column that the collection writes. */
    private void add(PluralAttributeMapping collection, List<AttributeMapping> embedded) {
        var path = new AttributePath(embedded, collection);
        if (new CollectionAssociations(path, collection).fault().isEmpty()
                && !collection.getCollectionDescriptor().isInverse()) {
            if (collection.getElementDescriptor() instanceof ManyToManyCollectionPart element) {
                add(path.name(), element.getForeignKeyDescriptor().getKeyTable(), element.getForeignKeyDescriptor());
            }
            add(path.name(), collection.getKeyDescriptor().getKeyTable(), collection.getKeyDescriptor());
        }
    }

    private void add(String name, String table, ForeignKeyDescriptor key) {
        List<String> columns = new ArrayList<>();
        key.getKeyPart()
                .forEachSelectable((index, column) -> columns.add(MappedNames.column(column.getSelectionExpression())));
        found.add(new MappedReference(name, MappedNames.parts(table), columns));
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.spring.rule.MappedReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;

/** Finds every reference that an entity keeps in columns of its own. */
final class MappedReferences {

    private final Map<String, MappedReference> byName = new LinkedHashMap<>();

    private MappedReferences() {}

    static List<MappedReference> of(SessionFactoryImplementor factory) {
        var references = new MappedReferences();
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> references.collect(entity, List.of()));
        return List.copyOf(references.byName.values());
    }

    private void collect(ManagedMappingType type, List<AttributeMapping> embedded) {
        type.forEachAttributeMapping(attribute -> {
            if (attribute instanceof ToOneAttributeMapping association) {
                add(association, embedded);
            } else if (attribute instanceof EmbeddableValuedModelPart embeddable) {
                List<AttributeMapping> path = new ArrayList<>(embedded);
                path.add(attribute);
                collect(embeddable.getEmbeddableTypeDescriptor(), path);
            }
        });
    }

    private void add(ToOneAttributeMapping association, List<AttributeMapping> embedded) {
        if (association.getSideNature() != ForeignKeyDescriptor.Nature.KEY || association.hasJoinTable()) {
            return;
        }
        ForeignKeyDescriptor key = association.getForeignKeyDescriptor();
        List<String> columns = new ArrayList<>();
        key.getKeyPart()
                .forEachSelectable((index, column) -> columns.add(MappedNames.column(column.getSelectionExpression())));
        String name = EnsuredAssociation.name(embedded, association);
        byName.putIfAbsent(name, new MappedReference(name, MappedNames.parts(key.getKeyTable()), columns));
    }
}

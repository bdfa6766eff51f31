package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * An attribute that a declaration names by its path.
 *
 * @param partOfId whether it belongs to the entity's id
 */
record NamedAttribute(AttributePath path, boolean partOfId) {

    /**
     * Finds one; empty if the entity has none there.
     *
     * @param path with the embeddables around it: {@code place.room}
     */
    static Optional<NamedAttribute> find(EntityPersister entity, String path) {
        String[] names = path.split("\\.", -1);
        AttributeMapping ofId = idAttribute(entity, names[0]);
        AttributeMapping attribute = ofId == null ? entity.findAttributeMapping(names[0]) : ofId;
        List<AttributeMapping> embedded = new ArrayList<>();
        for (int i = 1; i < names.length && attribute != null; i++) {
            embedded.add(attribute);
            attribute = within(attribute, names[i]);
        }
        return Optional.ofNullable(attribute)
                .map(found -> new NamedAttribute(new AttributePath(embedded, found), ofId != null));
    }

    /** Hibernate keeps those of an id apart from an entity's other attributes. */
    private static @Nullable AttributeMapping idAttribute(EntityPersister entity, String name) {
        EntityIdentifierMapping id = entity.getIdentifierMapping();
        if (id instanceof NonAggregatedIdentifierMapping several) {
            return several.getVirtualIdEmbeddable().findAttributeMapping(name);
        }
        return id instanceof AttributeMapping attribute
                        && attribute.getAttributeName().equals(name)
                ? attribute
                : null;
    }

    private static @Nullable AttributeMapping within(AttributeMapping attribute, String name) {
        ManagedMappingType type = attribute instanceof EmbeddableValuedModelPart embeddable
                ? embeddable.getEmbeddableTypeDescriptor()
                : null;
        return type == null ? null : type.findAttributeMapping(name);
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * An association of an entity whose parent is ensured.
 *
 * @param embedded the embeddables around it, outermost first; none where it is the entity's own
 * @param association the attribute itself
 * @param declaration its annotation
 */
record EnsuredAssociation(
        List<AttributeMapping> embedded, ToOneAttributeMapping association, EnsuredParent declaration) {

    /** {@code Message.conversation}: the entity that declares it, also where a subclass is written. */
    String name() {
        EntityMappingType declaring =
                (embedded.isEmpty() ? association : embedded.get(0)).findContainingEntityMapping();
        return declaring.getEntityPersister().getImportedName() + "." + attribute();
    }

    String attribute() {
        return Stream.concat(embedded.stream(), Stream.of(association))
                .map(AttributeMapping::getAttributeName)
                .collect(Collectors.joining("."));
    }

    EntityPersister parent() {
        return association.getEntityMappingType().getEntityPersister();
    }

    /** What the entity refers to; null also where an embeddable is. */
    @Nullable
    Object get(Object entity) {
        Object holder = holder(entity);
        return holder == null ? null : association.getValue(holder);
    }

    /** The same of a state as Hibernate keeps it. */
    @Nullable
    Object get(@Nullable Object[] state) {
        if (embedded.isEmpty()) {
            return state[association.getStateArrayPosition()];
        }
        Object holder = state[embedded.get(0).getStateArrayPosition()];
        for (AttributeMapping embeddable : embedded.subList(1, embedded.size())) {
            holder = holder == null ? null : embeddable.getValue(holder);
        }
        return holder == null ? null : association.getValue(holder);
    }

    /** Makes the entity refer to another instance. */
    void set(Object entity, Object parent) {
        Object holder = holder(entity);
        if (holder == null) {
            throw new IllegalStateException(name() + " is part of an embeddable that is null");
        }
        association.setValue(holder, parent);
    }

    private @Nullable Object holder(Object entity) {
        Object holder = entity;
        for (AttributeMapping embeddable : embedded) {
            holder = holder == null ? null : embeddable.getValue(holder);
        }
        return holder;
    }
}

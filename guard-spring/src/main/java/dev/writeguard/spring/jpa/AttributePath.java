package dev.writeguard.spring.jpa;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Where an entity keeps an attribute.
 *
 * @param embedded the embeddables around it, outermost first; none where it is the entity's own
 * @param attribute the attribute itself
 */
record AttributePath(List<AttributeMapping> embedded, AttributeMapping attribute) {

    AttributePath {
        embedded = List.copyOf(embedded);
    }

    /** {@code Message.conversation}: with the entity that declares it, also where a subclass is written. */
    String name() {
        return declaring().getImportedName() + "." + path();
    }

    /** {@code place.room}. */
    String path() {
        return Stream.concat(embedded.stream(), Stream.of(attribute))
                .map(AttributeMapping::getAttributeName)
                .collect(Collectors.joining("."));
    }

    /** The entity that declares it. */
    EntityPersister declaring() {
        return (embedded.isEmpty() ? attribute : embedded.get(0))
                .findContainingEntityMapping()
                .getEntityPersister();
    }

    /** What an entity has there; null also where an embeddable is. */
    @Nullable
    Object get(Object entity) {
        Object holder = entity;
        for (AttributeMapping embeddable : embedded) {
            holder = holder == null ? null : value(embeddable, holder);
        }
        return holder == null ? null : attribute.getValue(holder);
    }

    /** An embedded id has no place among an entity's attributes. */
    private static @Nullable Object value(AttributeMapping attribute, Object holder) {
        return attribute instanceof EntityIdentifierMapping
                ? attribute.getPropertyAccess().getGetter().get(holder)
                : attribute.getValue(holder);
    }

    /** The same of a state as Hibernate keeps it, which is without the id. */
    @Nullable
    Object get(@Nullable Object[] state) {
        if (embedded.isEmpty()) {
            return state[attribute.getStateArrayPosition()];
        }
        Object holder = state[embedded.get(0).getStateArrayPosition()];
        for (AttributeMapping embeddable : embedded.subList(1, embedded.size())) {
            holder = holder == null ? null : embeddable.getValue(holder);
        }
        return holder == null ? null : attribute.getValue(holder);
    }

    /** Gives the entity another value. Embeddables that are records are replaced. */
    void set(Object entity, Object value) {
        changed(entity, 0, value);
    }

    /** The same of a state as Hibernate writes it; the embeddables of the instance it was taken from stay as they are. */
    void set(@Nullable Object[] state, Object value, EntityPersister entity) {
        if (embedded.isEmpty()) {
            state[attribute.getStateArrayPosition()] = value;
        } else {
            int position = embedded.get(0).getStateArrayPosition();
            Object copy = entity.getPropertyTypes()[position].deepCopy(state[position], entity.getFactory());
            state[position] = changed(copy, 1, value);
        }
    }

    /** The holder, or a copy of it, that has the value at the end of the rest of the path. */
    private Object changed(@Nullable Object holder, int depth, Object value) {
        if (holder == null) {
            throw new IllegalStateException(name() + " is part of an embeddable that is null");
        }
        AttributeMapping next = depth == embedded.size() ? attribute : embedded.get(depth);
        Object own = depth == embedded.size() ? value : changed(value(next, holder), depth + 1, value);
        if (holder.getClass().isRecord()) {
            return copy(
                    ((EmbeddableValuedModelPart) embedded.get(depth - 1)).getEmbeddableTypeDescriptor(),
                    holder,
                    next,
                    own);
        }
        if (next instanceof EntityIdentifierMapping) {
            Objects.requireNonNull(next.getPropertyAccess().getSetter()).set(holder, own);
        } else {
            next.setValue(holder, own);
        }
        return holder;
    }

    private static Object copy(EmbeddableMappingType type, Object holder, AttributeMapping attribute, Object value) {
        Object[] values = type.getValues(holder).clone();
        values[attribute.getStateArrayPosition()] = value;
        return type.getRepresentationStrategy().getInstantiator().instantiate(() -> values);
    }
}

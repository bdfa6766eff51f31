package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * An association of an entity whose parent is ensured.
 *
 * @param embedded the embeddables around it, outermost first; none where it is the entity's own
 * @param association the attribute itself
 * @param declaration its annotation
 * @param partOfId whether it belongs to the entity's id, and so never changes
 * @param method the repository's method that declares it for its own calls, for a sentence; empty for all writes
 */
record EnsuredAssociation(
        List<AttributeMapping> embedded,
        ToOneAttributeMapping association,
        EnsuredParent declaration,
        boolean partOfId,
        String method) {

    /** One for all writes. */
    EnsuredAssociation(
            List<AttributeMapping> embedded,
            ToOneAttributeMapping association,
            EnsuredParent declaration,
            boolean partOfId) {
        this(embedded, association, declaration, partOfId, "");
    }

    /** The same as a repository declares it. */
    EnsuredAssociation declared(RepositoryDeclaration by) {
        return new EnsuredAssociation(
                embedded, association, by.declaration(), partOfId, by.method() == null ? "" : by.where());
    }

    /**
     * {@code Message.conversation}: the entity that declares it, also where a subclass is written; for one method
     * {@code Message.conversation, for MessageRepository.insert}.
     */
    String name() {
        return name(embedded, association) + (method.isEmpty() ? "" : ", for " + method);
    }

    /** The same of any attribute. */
    static String name(List<AttributeMapping> embedded, AttributeMapping attribute) {
        return declaring(embedded, attribute).getImportedName() + "." + path(embedded, attribute);
    }

    private static EntityPersister declaring(List<AttributeMapping> embedded, AttributeMapping attribute) {
        return (embedded.isEmpty() ? attribute : embedded.get(0))
                .findContainingEntityMapping()
                .getEntityPersister();
    }

    /** Whether another declaration of the same association asks for the same. */
    boolean asks(EnsuredAssociation other) {
        EnsuredParent one = declaration;
        EnsuredParent two = other.declaration;
        return Arrays.equals(one.match(), two.match())
                && Arrays.equals(one.requireState(), two.requireState())
                && one.stateAttribute().equals(two.stateAttribute())
                && one.soft() == two.soft()
                && one.template().equals(two.template());
    }

    String attribute() {
        return path(embedded, association);
    }

    private static String path(List<AttributeMapping> embedded, AttributeMapping attribute) {
        return Stream.concat(embedded.stream(), Stream.of(attribute))
                .map(AttributeMapping::getAttributeName)
                .collect(Collectors.joining("."));
    }

    /** The entity that declares it. */
    EntityPersister child() {
        return declaring(embedded, association);
    }

    EntityPersister parent() {
        return association.getEntityMappingType().getEntityPersister();
    }

    /** What the entity refers to; null also where an embeddable is. */
    @Nullable
    Object get(Object entity) {
        Object holder = entity;
        for (AttributeMapping embeddable : embedded) {
            holder = holder == null ? null : value(embeddable, holder);
        }
        return holder == null ? null : association.getValue(holder);
    }

    /** An embedded id has no place among an entity's attributes. */
    private static @Nullable Object value(AttributeMapping attribute, Object holder) {
        return attribute instanceof EntityIdentifierMapping
                ? attribute.getPropertyAccess().getGetter().get(holder)
                : attribute.getValue(holder);
    }

    /**
     * The same of a state as Hibernate keeps it, without the id.
     *
     * @throws IllegalStateException if this is a part of the id
     */
    @Nullable
    Object get(@Nullable Object[] state) {
        if (partOfId) {
            throw new IllegalStateException(name() + " is part of the id");
        }
        if (embedded.isEmpty()) {
            return state[association.getStateArrayPosition()];
        }
        Object holder = state[embedded.get(0).getStateArrayPosition()];
        for (AttributeMapping embeddable : embedded.subList(1, embedded.size())) {
            holder = holder == null ? null : embeddable.getValue(holder);
        }
        return holder == null ? null : association.getValue(holder);
    }

    /** Makes the entity refer to another instance. Embeddables that are records are replaced. */
    void set(Object entity, Object parent) {
        changed(entity, 0, parent);
    }

    /** The same of a state as Hibernate writes it; the embeddables of the instance it was taken from stay as they are. */
    void set(@Nullable Object[] state, Object parent, EntityPersister entity) {
        if (embedded.isEmpty()) {
            state[association.getStateArrayPosition()] = parent;
        } else {
            int position = embedded.get(0).getStateArrayPosition();
            Object copy = entity.getPropertyTypes()[position].deepCopy(state[position], entity.getFactory());
            state[position] = changed(copy, 1, parent);
        }
    }

    /** The holder, or a copy of it, that has the parent at the end of the rest of the path. */
    private Object changed(@Nullable Object holder, int depth, Object parent) {
        if (holder == null) {
            throw new IllegalStateException(name() + " is part of an embeddable that is null");
        }
        AttributeMapping attribute = depth == embedded.size() ? association : embedded.get(depth);
        Object value = depth == embedded.size() ? parent : changed(value(attribute, holder), depth + 1, parent);
        if (holder.getClass().isRecord()) {
            return copy(
                    ((EmbeddableValuedModelPart) embedded.get(depth - 1)).getEmbeddableTypeDescriptor(),
                    holder,
                    attribute,
                    value);
        }
        if (attribute instanceof EntityIdentifierMapping) {
            Objects.requireNonNull(attribute.getPropertyAccess().getSetter()).set(holder, value);
        } else {
            attribute.setValue(holder, value);
        }
        return holder;
    }

    private static Object copy(EmbeddableMappingType type, Object holder, AttributeMapping attribute, Object value) {
        Object[] values = type.getValues(holder).clone();
        values[attribute.getStateArrayPosition()] = value;
        return type.getRepresentationStrategy().getInstantiator().instantiate(() -> values);
    }
}

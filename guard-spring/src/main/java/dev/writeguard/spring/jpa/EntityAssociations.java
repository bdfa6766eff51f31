package dev.writeguard.spring.jpa;

import dev.writeguard.rule.RuleFault;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.spi.NavigablePath;
import org.jspecify.annotations.Nullable;

/** Walks through the mapping of one entity, embeddables and inherited attributes included. */
final class EntityAssociations {

    private final EntityPersister entity;
    private final List<EnsuredAssociation> found = new ArrayList<>();
    private final Map<String, RuleFault> refused = new LinkedHashMap<>();
    private final Set<Member> understood = new HashSet<>();
    private final Set<Class<?>> classes = new LinkedHashSet<>();

    /** Where the walk is. */
    private record Place(List<AttributeMapping> embedded, boolean inId, boolean inCollection) {

        Place within(AttributeMapping attribute) {
            List<AttributeMapping> path = new ArrayList<>(embedded);
            path.add(attribute);
            return new Place(List.copyOf(path), inId, inCollection);
        }

        Place inACollection() {
            return new Place(embedded, inId, true);
        }
    }

    EntityAssociations(EntityPersister entity) {
        this.entity = entity;
        var start = new Place(List.of(), false, false);
        collectId(entity.getIdentifierMapping(), new Place(List.of(), true, false));
        collect(entity, start);
        classes.forEach(this::refuseOtherMembers);
    }

    /** What has to be ensured when a row of the entity is written. */
    List<EnsuredAssociation> found() {
        return found;
    }

    /** What cannot be, by name. */
    Map<String, RuleFault> refused() {
        return refused;
    }

    private void collectId(EntityIdentifierMapping id, Place place) {
        if (id instanceof NonAggregatedIdentifierMapping several) {
            collect(several.getVirtualIdEmbeddable(), place);
            if (several.getIdClassEmbeddable() != null) {
                classes.add(several.getIdClassEmbeddable().getMappedJavaType().getJavaTypeClass());
            }
        } else if (id instanceof AttributeMapping attribute) {
            collect(attribute, place);
        }
    }

    private void collect(ManagedMappingType type, Place place) {
        classes.add(type.getMappedJavaType().getJavaTypeClass());
        type.forEachAttributeMapping(attribute -> collect(attribute, place));
    }

    private void collect(AttributeMapping attribute, Place place) {
        List<Member> declared = DeclaredMembers.of(attribute);
        understood.addAll(declared);
        if (!declared.isEmpty()) {
            check(attribute, place, declared);
        }
        if (attribute.getAttributeName().equals(NavigablePath.IDENTIFIER_MAPPER_PROPERTY)) {
            // Hibernate's own copy of the attributes of an @IdClass.
            return;
        }
        if (attribute instanceof EmbeddableValuedModelPart embeddable) {
            collect(embeddable.getEmbeddableTypeDescriptor(), place.within(attribute));
        } else if (attribute instanceof PluralAttributeMapping collection) {
            collectPart(collection.getElementDescriptor(), place.within(attribute));
            collectPart(collection.getIndexDescriptor(), place.within(attribute));
        }
    }

    private void collectPart(@Nullable ModelPart part, Place place) {
        if (part instanceof EmbeddableValuedModelPart embeddable) {
            collect(embeddable.getEmbeddableTypeDescriptor(), place.inACollection());
        }
    }

    private void check(AttributeMapping attribute, Place place, List<Member> declared) {
        var path = new AttributePath(place.embedded(), attribute);
        String name = path.name();
        if (place.inCollection()) {
            refuse(
                    name,
                    "it belongs to the embeddables of a collection",
                    "make an entity of the embeddable, and put the annotation on its association");
        } else if (declared.stream()
                        .map(DeclaredMembers::declaration)
                        .distinct()
                        .count()
                > 1) {
            refuse(name, "its field and its getter are annotated differently", "keep one of the two annotations");
        } else if (attribute instanceof ToOneAttributeMapping) {
            found.add(new EnsuredToOne(path, DeclaredMembers.declaration(declared.get(0)), place.inId()));
        } else if (attribute instanceof PluralAttributeMapping collection) {
            var associations = new CollectionAssociations(path, collection);
            associations
                    .fault()
                    .ifPresentOrElse(
                            fault -> refused.putIfAbsent(name, fault),
                            () -> found.addAll(
                                    associations.declared(DeclaredMembers.declaration(declared.get(0)), "")));
        } else {
            refuse(
                    name,
                    "it is no association to another entity",
                    "put the annotation on the association that refers to the parent");
        }
    }

    /** What is annotated and is no attribute would otherwise be believed to be guarded. */
    private void refuseOtherMembers(Class<?> type) {
        DeclaredMembers.of(type)
                .filter(member -> !understood.contains(member))
                .forEach(member -> refuse(
                        described(member),
                        "it is not mapped as an attribute of " + entity.getImportedName(),
                        "put the annotation on the field or the getter of the association that refers to the parent"));
    }

    private static String described(Member member) {
        return member.getDeclaringClass().getSimpleName() + "." + member.getName()
                + (member instanceof Field ? "" : "()");
    }

    private void refuse(String name, String fault, String cure) {
        refused.putIfAbsent(name, new RuleFault(fault, cure));
    }
}

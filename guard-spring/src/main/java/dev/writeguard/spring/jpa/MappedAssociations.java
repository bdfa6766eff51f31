package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.spring.rule.DeclaredAssociation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;

/** Finds the associations of a factory's entities that are declared to have an ensured parent. */
final class MappedAssociations {

    /** By the name of the entity that is written, subclasses of the declaring one included. */
    private final Map<String, List<EnsuredAssociation>> byEntity = new TreeMap<>();

    private final Map<String, EnsuredAssociation> byName = new LinkedHashMap<>();
    private final List<DeclaredAssociation> faulty = new ArrayList<>();

    MappedAssociations(SessionFactoryImplementor factory) {
        List<EntityPersister> entities = new ArrayList<>();
        factory.getMappingMetamodel().forEachEntityDescriptor(entities::add);
        entities.sort(Comparator.comparing(EntityPersister::getEntityName));
        for (EntityPersister entity : entities) {
            List<EnsuredAssociation> found = new ArrayList<>();
            collect(entity, entity, List.of(), found);
            byEntity.put(entity.getEntityName(), List.copyOf(found));
            found.forEach(association -> byName.putIfAbsent(association.name(), association));
        }
    }

    /** Those of a factory, to be compiled. */
    static List<DeclaredAssociation> declaredIn(SessionFactoryImplementor factory) {
        var mapped = new MappedAssociations(factory);
        boolean installed = HibernateDoor.installedIn(factory);
        return Stream.concat(
                        mapped.byName.values().stream()
                                .map(association -> new AssociationCompiler(association, installed).declare()),
                        mapped.faulty.stream())
                .toList();
    }

    /** By the name of the entity that is written. */
    Map<String, List<EnsuredAssociation>> byEntity() {
        return byEntity;
    }

    private void collect(
            EntityPersister entity,
            ManagedMappingType type,
            List<AttributeMapping> embedded,
            List<EnsuredAssociation> found) {
        type.forEachAttributeMapping(attribute -> {
            List<EnsuredParent> declared = declarations(attribute);
            if (!declared.isEmpty()) {
                check(entity, attribute, embedded, declared, found);
            }
            if (attribute instanceof EmbeddableValuedModelPart embeddable) {
                EmbeddableMappingType inner = embeddable.getEmbeddableTypeDescriptor();
                List<AttributeMapping> path = new ArrayList<>(embedded);
                path.add(attribute);
                collect(entity, inner, List.copyOf(path), found);
            }
        });
    }

    private void check(
            EntityPersister entity,
            AttributeMapping attribute,
            List<AttributeMapping> embedded,
            List<EnsuredParent> declared,
            List<EnsuredAssociation> found) {
        if (!(attribute instanceof ToOneAttributeMapping toOne)) {
            refuse(
                    entity,
                    attribute,
                    "it is no association to one other entity",
                    "put the annotation on the @ManyToOne or @OneToOne that refers to the parent");
        } else if (declared.stream().distinct().count() > 1) {
            refuse(
                    entity,
                    attribute,
                    "its field and its getter are annotated differently",
                    "keep one of the two annotations");
        } else {
            found.add(new EnsuredAssociation(embedded, toOne, declared.get(0)));
        }
    }

    private void refuse(EntityPersister entity, AttributeMapping attribute, String fault, String cure) {
        String name = entity.getImportedName() + "." + attribute.getAttributeName();
        faulty.add(new DeclaredAssociation(name, List.of(new RuleFault(fault, cure)), graph -> {
            throw new IllegalStateException(name + " is not compiled");
        }));
    }

    /** On the member through which Hibernate reads, and on its other half: a field has a getter, a getter a field. */
    private static List<EnsuredParent> declarations(AttributeMapping attribute) {
        Member member = attribute.getPropertyAccess().getGetter().getMember();
        if (member == null) {
            return List.of();
        }
        String name = attribute.getAttributeName();
        Stream<AnnotatedElement> fields = Stream.of(member.getDeclaringClass().getDeclaredFields())
                .filter(field -> field.getName().equals(name))
                .map(Field.class::cast);
        Stream<AnnotatedElement> getters = Stream.of(member.getDeclaringClass().getDeclaredMethods())
                .filter(method -> isGetter(method, name))
                .map(Method.class::cast);
        return Stream.concat(fields, getters)
                .map(element -> element.getAnnotation(EnsuredParent.class))
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean isGetter(Method method, String attribute) {
        String name = method.getName();
        String capitalised = Character.toUpperCase(attribute.charAt(0)) + attribute.substring(1);
        return method.getParameterCount() == 0
                && !method.isBridge()
                && (name.equals("get" + capitalised) || name.equals("is" + capitalised) || name.equals(attribute));
    }
}

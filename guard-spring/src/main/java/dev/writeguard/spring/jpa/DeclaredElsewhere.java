package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.Guarded;
import dev.writeguard.rule.RuleFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/** Finds the associations of a factory's entities that repositories or code declare to have an ensured parent. */
final class DeclaredElsewhere {

    private final SessionFactoryImplementor factory;
    private final List<EnsuredAssociation> forAllWrites = new ArrayList<>();
    private final Map<RepositoryCall, List<MethodAssociation>> byMethod = new LinkedHashMap<>();
    private final Map<String, RuleFault> refused = new LinkedHashMap<>();

    DeclaredElsewhere(SessionFactoryImplementor factory, List<EntityDeclaration> declarations) {
        this.factory = factory;
        declarations.forEach(this::add);
    }

    /** What holds for all writes of an entity. */
    List<EnsuredAssociation> forAllWrites() {
        return forAllWrites;
    }

    /** What a call of a method needs. */
    Map<RepositoryCall, List<MethodAssociation>> byMethod() {
        return byMethod;
    }

    /** What cannot be, by name. */
    Map<String, RuleFault> refused() {
        return refused;
    }

    private void add(EntityDeclaration declared) {
        EntityPersister entity = factory.getMappingMetamodel().findEntityDescriptor(declared.entity());
        if (entity == null) {
            refuse(
                    declared,
                    declared.entity().getName() + " is no entity of this EntityManagerFactory",
                    "name an entity; a mapped superclass or an interface is none");
            return;
        }
        List<EnsuredAssociation> found = find(entity, declared);
        if (found.isEmpty()) {
            refuse(
                    declared,
                    "'" + declared.declaration().attribute() + "' is no association of " + entity.getImportedName()
                            + " to another entity",
                    "name an attribute that is, with the path to it");
        } else if (declared.call() == null) {
            found.forEach(association -> addForAll(declared, association));
        } else {
            addForMethod(declared, declared.call(), found.get(0));
        }
    }

    private void addForAll(EntityDeclaration declared, EnsuredAssociation association) {
        if (!declared.declaration().key().isEmpty()) {
            refuse(declared, "a repository has no parameter for its key", "leave the key out, or name it on a method");
        } else {
            forAllWrites.add(association);
        }
    }

    private void addForMethod(EntityDeclaration declared, RepositoryCall call, EnsuredAssociation association) {
        if (!AnnotatedElementUtils.hasAnnotation(call.repository(), Guarded.class)) {
            refuse(declared, "nothing intercepts the methods of its repository", "put @Guarded on the repository");
            return;
        }
        if (declared.parameter() < 0) {
            refuse(
                    declared,
                    "it has no parameter '" + declared.declaration().key() + "'",
                    "name one of its parameters; compile with -parameters, or use @Param");
            return;
        }
        if (!association.creates()) {
            refuse(
                    declared,
                    "'" + declared.declaration().attribute() + "' is a collection whose elements have the column",
                    "put the method on a repository of the elements, or ensure the parent by hand");
            return;
        }
        Class<?> given =
                ClassUtils.resolvePrimitiveIfNecessary(call.method().getParameterTypes()[declared.parameter()]);
        Class<?> id = idOf(association.parent());
        if (!given.equals(ClassUtils.resolvePrimitiveIfNecessary(id))) {
            refuse(
                    declared,
                    "its parameter '" + declared.declaration().key() + "' is of " + given.getSimpleName()
                            + ", and the parent's id of " + id.getSimpleName(),
                    "name the parameter that has the parent's id");
            return;
        }
        byMethod.computeIfAbsent(call, first -> new ArrayList<>())
                .add(new MethodAssociation(association, declared.parameter()));
    }

    /** An id of several attributes is given as an instance of the {@code @IdClass}; its mapping says the entity itself. */
    private static Class<?> idOf(EntityPersister parent) {
        EntityIdentifierMapping id = parent.getIdentifierMapping();
        return id instanceof NonAggregatedIdentifierMapping several && several.getIdClassEmbeddable() != null
                ? several.getIdClassEmbeddable().getMappedJavaType().getJavaTypeClass()
                : id.getJavaType().getJavaTypeClass();
    }

    /** Of a collection with a join table, the elements first. */
    private static List<EnsuredAssociation> find(EntityPersister entity, EntityDeclaration declared) {
        return NamedAttribute.find(entity, declared.declaration().attribute())
                .map(found -> associations(found, declared))
                .orElse(List.of());
    }

    private static List<EnsuredAssociation> associations(NamedAttribute found, EntityDeclaration declared) {
        AttributeMapping attribute = found.path().attribute();
        if (attribute instanceof ToOneAttributeMapping) {
            return List.of(new EnsuredToOne(found.path(), declared.declaration(), found.partOfId(), declared.method()));
        }
        if (attribute instanceof PluralAttributeMapping collection) {
            var associations = new CollectionAssociations(found.path(), collection);
            return associations.fault().isPresent()
                    ? List.of()
                    : associations.declared(declared.declaration(), declared.method());
        }
        return List.of();
    }

    private void refuse(EntityDeclaration declared, String fault, String cure) {
        refused.putIfAbsent("on " + declared.where(), new RuleFault(fault, cure));
    }
}

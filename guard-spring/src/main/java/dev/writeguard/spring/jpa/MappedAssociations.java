package dev.writeguard.spring.jpa;

import dev.writeguard.rule.RuleFault;
import dev.writeguard.spring.rule.DeclaredAssociation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Finds the associations of a factory's entities that are declared to have an ensured parent. */
final class MappedAssociations {

    /** By the name of the entity that is written, subclasses of the declaring one included. */
    private final Map<String, List<EnsuredAssociation>> byEntity = new TreeMap<>();

    private final Map<String, EnsuredAssociation> byName = new LinkedHashMap<>();
    private final Map<String, RuleFault> refused = new LinkedHashMap<>();

    private final Map<RepositoryCall, List<MethodAssociation>> byMethod;

    MappedAssociations(SessionFactoryImplementor factory, List<EntityDeclaration> repositories) {
        List<EntityPersister> entities = new ArrayList<>();
        factory.getMappingMetamodel().forEachEntityDescriptor(entities::add);
        entities.sort(Comparator.comparing(EntityPersister::getEntityName));
        for (EntityPersister entity : entities) {
            var associations = new EntityAssociations(entity);
            byEntity.put(entity.getEntityName(), List.copyOf(associations.found()));
            associations.found().forEach(association -> byName.putIfAbsent(association.name(), association));
            associations.refused().forEach(refused::putIfAbsent);
        }
        var declared = new DeclaredElsewhere(factory, repositories);
        declared.forAllWrites().forEach(association -> add(association, entities));
        declared.refused().forEach(refused::putIfAbsent);
        byMethod = declared.byMethod();
        byMethod.values().stream()
                .flatMap(List::stream)
                .map(MethodAssociation::association)
                .forEach(association -> byName.put(association.name(), association));
    }

    /** By a repository or in code: for the entity and its subclasses, unless the entity says the same itself. */
    private void add(EnsuredAssociation association, List<EntityPersister> entities) {
        if (refused.containsKey(association.name())) {
            return;
        }
        EnsuredAssociation known = byName.putIfAbsent(association.name(), association);
        if (known == null) {
            entities.stream()
                    .filter(entity -> isA(entity, association.child()))
                    .forEach(entity ->
                            byEntity.merge(entity.getEntityName(), List.of(association), MappedAssociations::joined));
        } else if (!known.asks(association)) {
            refused.putIfAbsent(
                    association.name(),
                    new RuleFault(
                            "it is declared in two places, and differently",
                            "keep one of the declarations: on the entity, on its repository, or in code"));
            byName.remove(association.name());
        }
    }

    private static boolean isA(EntityPersister entity, EntityPersister declaring) {
        return declaring.getMappedClass().isAssignableFrom(entity.getMappedClass());
    }

    private static List<EnsuredAssociation> joined(List<EnsuredAssociation> some, List<EnsuredAssociation> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** What a call of a method needs. */
    Map<RepositoryCall, List<MethodAssociation>> byMethod() {
        return byMethod;
    }

    /** Those of a factory, to be compiled. */
    static List<DeclaredAssociation> declaredIn(SessionFactoryImplementor factory, DoorDatabase database) {
        var mapped = new MappedAssociations(factory, database.declaredElsewhere());
        boolean installed = HibernateDoor.installedIn(factory);
        return Stream.concat(
                        mapped.byName.values().stream()
                                .map(association ->
                                        new AssociationCompiler(association, installed, database).declare()),
                        mapped.refused.entrySet().stream()
                                .map(refused -> DeclaredAssociation.refused(refused.getKey(), refused.getValue())))
                .toList();
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** By the name of the entity that is written. */
    Map<String, List<EnsuredAssociation>> byEntity() {
        return byEntity;
    }
}

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

    MappedAssociations(SessionFactoryImplementor factory) {
        List<EntityPersister> entities = new ArrayList<>();
        factory.getMappingMetamodel().forEachEntityDescriptor(entities::add);
        entities.sort(Comparator.comparing(EntityPersister::getEntityName));
        for (EntityPersister entity : entities) {
            var associations = new EntityAssociations(entity);
            byEntity.put(entity.getEntityName(), List.copyOf(associations.found()));
            associations.found().forEach(association -> byName.putIfAbsent(association.name(), association));
            associations.refused().forEach(refused::putIfAbsent);
        }
    }

    /** Those of a factory, to be compiled. */
    static List<DeclaredAssociation> declaredIn(SessionFactoryImplementor factory, DoorDatabase database) {
        var mapped = new MappedAssociations(factory);
        boolean installed = HibernateDoor.installedIn(factory);
        return Stream.concat(
                        mapped.byName.values().stream()
                                .map(association ->
                                        new AssociationCompiler(association, installed, database).declare()),
                        mapped.refused.entrySet().stream()
                                .map(refused -> refused(refused.getKey(), refused.getValue())))
                .toList();
    }

    private static DeclaredAssociation refused(String name, RuleFault fault) {
        return new DeclaredAssociation(name, List.of(fault), graph -> {
            throw new IllegalStateException(name + " is not compiled");
        });
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

package dev.writeguard.spring.jpa;

import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.GuardModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The EntityManager door of one factory: before a row of an entity is written, the parents that it refers to are
 * ensured.
 */
final class EntityDoor {

    private final Map<String, List<ChildDoor>> parentsOf = new LinkedHashMap<>();
    private final Map<RepositoryCall, List<MethodDoor>> parentsOfCalls = new LinkedHashMap<>();
    private final Set<String> parents = new HashSet<>();
    private final HeldParents held = new HeldParents();
    private final TransactionMemory<EnsuredInCall> ensured = new TransactionMemory<>();
    private final QueuedParents queued = new QueuedParents();

    /** One through which everything passes. */
    EntityDoor() {}

    EntityDoor(MappedAssociations mapped, GuardModel model, DoorMeans means) {
        mapped.byEntity().forEach((entity, associations) -> {
            List<ChildDoor> doors = associations.stream()
                    .flatMap(association -> ofRule(
                                    association, model.associations().get(association.name()), means)
                            .map(door -> ChildDoor.of(association, door)))
                    .toList();
            if (!doors.isEmpty()) {
                parentsOf.put(entity, doors);
                doors.forEach(door -> parents.add(door.parents().rootOfParent()));
            }
        });
        mapped.byMethod().forEach((call, associations) -> {
            List<MethodDoor> doors = associations.stream()
                    .flatMap(each -> ofRule(
                                    each.association(),
                                    model.associations().get(each.association().name()),
                                    means)
                            .map(door -> new MethodDoor(door, each.parameter())))
                    .toList();
            parentsOfCalls.put(call, doors);
            doors.forEach(each -> parents.add(each.door().rootOfParent()));
        });
    }

    /** What a call of a method needs, and the position of the argument with the parent's id. */
    private record MethodDoor(ParentDoor door, int parameter) {}

    /** A rule with faults is not in force; at start-up that was said. */
    private Stream<ParentDoor> ofRule(EnsuredAssociation association, @Nullable AssociationRule rule, DoorMeans means) {
        return rule == null
                ? Stream.empty()
                : Stream.of(new ParentDoor(association, ParentRules.of(rule), means, this));
    }

    /** Whether rows of the entity refer to ensured parents. */
    boolean guards(String entity) {
        return parentsOf.containsKey(entity);
    }

    /** Whether an instance refers to parents that are to be ensured. */
    boolean refersToParents(Object instance, EntityPersister persister) {
        return parentsOf.getOrDefault(persister.getEntityName(), List.of()).stream()
                .anyMatch(door -> door.references(instance).findAny().isPresent());
    }

    /** The door of one association of an entity, by its attribute; empty if nothing is declared for it. */
    Optional<ParentDoor> parentOf(String entity, String attribute) {
        return parentsOf.getOrDefault(entity, List.of()).stream()
                .map(ChildDoor::parents)
                .filter(door -> door.association() instanceof EnsuredAssociation association
                        && association.attribute().equals(attribute))
                .findFirst();
    }

    /** Whether no entity does. */
    boolean idle() {
        return parentsOf.isEmpty() && parentsOfCalls.isEmpty();
    }

    /** What each session's transaction holds already. */
    HeldParents held() {
        return held;
    }

    /** What need not be asked again while a repository's method runs. */
    TransactionMemory<EnsuredInCall> ensured() {
        return ensured;
    }

    /** What an instance refers to by the associations that are ensured. */
    List<EnsuredInCall> references(Object instance, EntityPersister persister) {
        return parentsOf.getOrDefault(persister.getEntityName(), List.of()).stream()
                .flatMap(door -> door.references(instance))
                .toList();
    }

    /** Parents that a stateless session may not have sent yet. */
    QueuedParents queued() {
        return queued;
    }

    /** A row that this transaction has inserted is held by that. */
    void inserted(EntityPersister persister, Object id, SharedSessionContractImplementor session) {
        if (parents.contains(persister.getRootEntityName())) {
            held.addOwn(session, session.generateEntityKey(id, persister));
            if (session instanceof StatelessSessionImplementor stateless) {
                queued.add(stateless);
            }
        }
    }

    /** A row that this transaction has deleted is held by nothing any more. */
    void deleted(EntityPersister persister, Object id, SharedSessionContractImplementor session) {
        if (parents.contains(persister.getRootEntityName())) {
            held.removed(session, session.generateEntityKey(id, persister));
        }
    }

    /**
     * Ensures what an instance refers to; afterwards it refers to managed instances or references.
     *
     * @return where it refers to another instance than before
     */
    List<Replacement> beforeWrite(Object instance, EntityPersister persister, EventSource session) {
        List<?> begun = guards(persister.getEntityName()) ? WritesInProgress.begin(List.of(instance)) : List.of();
        try {
            return begun.isEmpty() ? List.of() : beforeWrite(begun, persister, session);
        } finally {
            WritesInProgress.end(begun);
        }
    }

    /**
     * The same for many instances of one entity. None of them is in progress by that: what one refers to may be another one,
     * and is to be there before.
     */
    List<Replacement> beforeWrite(List<?> instances, EntityPersister persister, EventSource session) {
        List<ChildDoor> doors = parentsOf.getOrDefault(persister.getEntityName(), List.of());
        List<Replacement> replaced = new ArrayList<>();
        try {
            doors.forEach(door -> replaced.addAll(door.ensure(instances, session)));
            return replaced;
        } catch (RuntimeException failure) {
            replaced.forEach(Replacement::undo);
            throw failure;
        }
    }

    /** Whether a call of a repository's method has to have its parents ensured at this moment. */
    boolean enforces(RepositoryCall call) {
        return parentsOfCalls.getOrDefault(call, List.of()).stream()
                .anyMatch(each -> each.door().enforces());
    }

    /** Ensures the parents that a call of a repository's method needs. */
    void beforeCall(RepositoryCall call, @Nullable Object[] arguments, EventSource session) {
        for (MethodDoor each : parentsOfCalls.getOrDefault(call, List.of())) {
            each.door().ensure(arguments[each.parameter()], arguments, session);
        }
    }

    /** Ensures what the row refers to that a stateless session is about to write; where it has to, it changes the state. */
    void beforeStatelessWrite(
            Object instance,
            EntityPersister persister,
            @Nullable Object[] state,
            RowWrite write,
            StatelessSessionImplementor session) {
        List<?> begun = WritesInProgress.begin(List.of(instance));
        try {
            if (!begun.isEmpty()) {
                for (ChildDoor each : parentsOf.getOrDefault(persister.getEntityName(), List.of())) {
                    each.ensure(instance, persister, state, write, session);
                }
            }
        } finally {
            WritesInProgress.end(begun);
        }
    }

    /** Ensures what a managed instance refers to, in those associations that have changed since it was read or flushed. */
    void beforeFlush(Object instance, EntityEntry entry, EventSource session) {
        for (ChildDoor door : doorsOf(entry)) {
            door.ensureChanges(instance, entry, session);
        }
    }

    /** The same of its collections alone, when a cascade is about to write elements of them. */
    void beforeCascade(Object instance, EntityEntry entry, EventSource session) {
        for (ChildDoor door : doorsOf(entry)) {
            if (door instanceof CollectionDoor) {
                door.ensureChanges(instance, entry, session);
            }
        }
    }

    private List<ChildDoor> doorsOf(EntityEntry entry) {
        return parentsOf.getOrDefault(entry.getEntityName(), List.of());
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.spring.rule.GuardModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The EntityManager door of one factory: before a row of an entity is written, the parents that it refers to are
 * ensured.
 */
final class EntityDoor {

    private final Map<String, List<ChildDoor>> parentsOf;
    private final Map<RepositoryCall, List<CallDoor>> parentsOfCalls;
    private final Map<String, Integer> depths;
    private final Map<String, List<RuledParent>> touched;
    private final HeldParents held = new HeldParents();
    private final FoundParents found = new FoundParents();
    private final SeenParents seen = new SeenParents();
    private final RememberedWrites met = new RememberedWrites();
    private final RememberedWrites passed = new RememberedWrites();
    private final QueuedParents queued = new QueuedParents();

    /** One through which everything passes. */
    EntityDoor() {
        parentsOf = Map.of();
        parentsOfCalls = Map.of();
        depths = Map.of();
        touched = Map.of();
    }

    EntityDoor(MappedAssociations mapped, GuardModel model, DoorMeans means) {
        var plan = new DoorPlan(mapped, model, means, this);
        parentsOf = plan.byEntity();
        parentsOfCalls = plan.byCall();
        depths = plan.depths();
        touched = plan.touched();
    }

    /** Whether rows of the entity refer to ensured parents. */
    boolean guards(String entity) {
        return parentsOf.containsKey(entity);
    }

    /** Whether an instance refers to parents that are to be ensured. */
    boolean refersToParents(Object instance, EntityPersister persister) {
        return doorsOf(persister.getEntityName()).stream().anyMatch(door -> door.refers(instance));
    }

    /** The door of one association of an entity, by its attribute; empty if nothing is declared for it. */
    Optional<ParentDoor> parentOf(String entity, String attribute) {
        return doorsOf(entity).stream()
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

    /** Which of it was found by a natural id. */
    FoundParents found() {
        return found;
    }

    /** Which parents were there when some transaction ensured them. */
    SeenParents seen() {
        return seen;
    }

    /** References that are ensured, of rules that ask for each child. */
    RememberedWrites met() {
        return met;
    }

    /** References that were passed on unguarded: each counts once. */
    RememberedWrites passed() {
        return passed;
    }

    /** How many parents are above an entity at most, one above the other; for the topmost entity of each parent. */
    int depth(String root) {
        return depths.getOrDefault(root, 0);
    }

    /** Whether parents are among the rows of an entity. */
    private boolean hasParents(EntityPersister persister) {
        return depths.containsKey(persister.getRootEntityName());
    }

    /** Parents whose own statement a stateless session may not have sent yet. */
    QueuedParents queued() {
        return queued;
    }

    /** A row that this transaction has inserted is held by that. */
    void inserted(EntityPersister persister, Object id, SharedSessionContractImplementor session) {
        if (hasParents(persister)) {
            held.addOwn(session, session.generateEntityKey(id, persister));
            if (session instanceof StatelessSessionImplementor stateless) {
                queued.add(stateless);
            }
        }
    }

    /**
     * The UPDATE of what may be a parent. A flush has queued it with the state of that moment, and a row that was written
     * before it may have touched the parent since.
     */
    void beforeUpdate(
            Object instance,
            EntityPersister persister,
            @Nullable Object[] state,
            SharedSessionContractImplementor session) {
        if (session instanceof EventSource managing) {
            touched.getOrDefault(persister.getRootEntityName(), List.of())
                    .forEach(parent -> parent.keepTouch(instance, persister, state, managing));
        } else if (session instanceof StatelessSessionImplementor stateless && hasParents(persister)) {
            queued.add(stateless);
        }
    }

    /** A row that this transaction has deleted is held by nothing any more. */
    void deleted(EntityPersister persister, Object id, SharedSessionContractImplementor session) {
        if (hasParents(persister)) {
            EntityKey key = session.generateEntityKey(id, persister);
            held.removed(session, key);
            found.removed(session, key);
            seen.remove(persister, id, session);
            if (session instanceof StatelessSessionImplementor stateless) {
                queued.add(stateless);
            }
        }
    }

    /** An instance that has left the context: a query may delete its row, and nobody is told. */
    void forgotten(EntityKey key, EventSource session) {
        held.removed(session, key);
        found.removed(session, key);
    }

    /** The same for all of them. */
    void forgottenAll(EventSource session) {
        held.clear(session);
        found.clear(session);
        met.clear(session);
    }

    /**
     * Ensures what an instance refers to; afterwards it refers to managed instances or references.
     *
     * @return where it refers to another instance than before
     */
    List<Referrer> beforeWrite(Object instance, EntityPersister persister, EventSource session) {
        List<?> begun = guards(persister.getEntityName()) ? WritesInProgress.begin(List.of(instance)) : List.of();
        try {
            return begun.isEmpty() ? List.of() : beforeWrite(Map.of(persister, begun), session);
        } finally {
            WritesInProgress.end(begun);
        }
    }

    /**
     * The same for many instances, by their entities. None of them is in progress by that: what one refers to may be another
     * one, and is to be there before.
     */
    List<Referrer> beforeWrite(Map<EntityPersister, ? extends List<?>> instances, EventSource session) {
        GatheredParents gathered = GatheredParents.of(session);
        instances.forEach((persister, alike) ->
                doorsOf(persister.getEntityName()).forEach(door -> door.gather(alike, gathered, session)));
        return gathered.ensure();
    }

    /** Whether a call of a repository's method has to have its parents ensured at this moment. */
    boolean enforces(RepositoryCall call) {
        return parentsOfCalls.getOrDefault(call, List.of()).stream()
                .anyMatch(each -> each.parents().parent().isEnforced());
    }

    /** Ensures the parents that a call of a repository's method needs. */
    void beforeCall(RepositoryCall call, @Nullable Object[] arguments, EventSource session) {
        GatheredParents gathered = GatheredParents.of(session);
        parentsOfCalls.getOrDefault(call, List.of()).forEach(each -> each.gather(arguments, gathered, session));
        gathered.ensure();
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
                GatheredParents gathered = GatheredParents.of(session);
                doorsOf(persister.getEntityName())
                        .forEach(door -> door.gatherRow(instance, persister, state, write, gathered));
                gathered.ensure();
            }
        } finally {
            WritesInProgress.end(begun);
        }
    }

    /**
     * Ensures what the callbacks of an instance have given it whose INSERT is queued: by then, nothing of the next flush is
     * queued, such as an UPDATE of a parent that is to be touched.
     */
    void afterCallbacks(Object instance, EventSource session) {
        EntityEntry entry =
                idle() ? null : session.getPersistenceContextInternal().getEntry(instance);
        @Nullable Object[] state = entry == null ? null : entry.getLoadedState();
        if (entry == null || state == null || entry.getStatus() != Status.MANAGED || entry.isExistsInDatabase()) {
            return;
        }
        GatheredParents gathered = GatheredParents.of(session);
        for (ChildDoor door : doorsOf(entry.getEntityName())) {
            if (door instanceof ToOneDoor toOne && toOne.refersToUnknown(state, null, session)) {
                gathered.add(toOne.parents(), List.of(instance), session);
            }
        }
        gathered.ensure();
    }

    /**
     * Ensures what the row of a managed instance has come to refer to since the other looks.
     *
     * @param before what it held when it was read or flushed; null if it is new, or was not read
     */
    void beforeRow(
            Object instance,
            EntityPersister persister,
            @Nullable Object[] state,
            @Nullable Object @Nullable [] before,
            EventSource session) {
        EntityEntry entry = session.getPersistenceContextInternal().getEntry(instance);
        boolean stored = entry != null && entry.isExistsInDatabase();
        GatheredParents gathered = GatheredParents.of(session);
        for (ChildDoor door : doorsOf(persister.getEntityName())) {
            if (door instanceof ToOneDoor toOne
                    && (toOne.refersToUnknown(state, before, session)
                            || stored && toOne.refersToUnmanaged(state, before, session))) {
                toOne.gatherManagedRow(instance, persister, state, gathered);
            }
        }
        gathered.ensure();
    }

    /** Ensures what managed instances refer to, in those associations that have changed since they were read or flushed. */
    void beforeFlush(List<Map.Entry<Object, EntityEntry>> managed, EventSource session) {
        GatheredParents gathered = GatheredParents.of(session);
        managed.forEach(each -> doorsOf(each.getValue().getEntityName())
                .forEach(door -> door.gatherChanges(each.getKey(), each.getValue(), gathered, session)));
        gathered.ensure();
    }

    /** The same of one instance's collections alone, when a cascade is about to write elements of them. */
    void beforeCascade(Object instance, EntityEntry entry, EventSource session) {
        GatheredParents gathered = GatheredParents.of(session);
        doorsOf(entry.getEntityName()).stream()
                .filter(CollectionDoor.class::isInstance)
                .forEach(door -> door.gatherChanges(instance, entry, gathered, session));
        gathered.ensure();
    }

    private List<ChildDoor> doorsOf(String entity) {
        return parentsOf.getOrDefault(entity, List.of());
    }
}

package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** A parent that is new or detached. */
final class CarriedInstance {

    private final Carrying carrying;
    private final Object given;
    private final EntityPersister persister;
    private final CarriedNaturalId naturalId;

    CarriedInstance(Carrying carrying, Object given) {
        this.carrying = carrying;
        this.given = given;
        this.persister = carrying.session().getEntityPersister(null, given);
        this.naturalId = new CarriedNaturalId(carrying, given, persister);
    }

    ParentNeed need() {
        Object id = id();
        Object known = id == null ? naturalId.id() : id;
        Object managed = known == null ? null : managed(known);
        if (managed != null) {
            carrying.referrer().refer(managed);
            return CarriedParent.ofManaged(carrying, carrying.context().getEntry(managed), given);
        }
        if (AssignedIds.of(persister)) {
            // A callback may give it one that nobody else has; otherwise Hibernate says that it has none.
            return id == null ? new ParentNeed.Persist(given) : ofAssigned(id);
        }
        return known == null ? ofNew() : ofGenerated(known);
    }

    private @Nullable Object id() {
        return id(persister, given, carrying.session());
    }

    /** A primitive id that is still to be generated has its unsaved value. */
    private static @Nullable Object id(
            EntityPersister persister, Object instance, SharedSessionContractImplementor session) {
        Object id = persister.getIdentifier(instance, session);
        boolean unsaved = id != null
                && !AssignedIds.of(persister)
                && Boolean.TRUE.equals(
                        persister.getIdentifierMapping().getUnsavedStrategy().isUnsaved(id));
        return unsaved ? null : id;
    }

    /** Whether an instance has the key of a row, which somebody else may have, too; else it has to be persisted as it is. */
    static boolean namesARow(Object instance, SharedSessionContractImplementor session) {
        EntityPersister persister = session.getEntityPersister(null, instance);
        return id(persister, instance, session) != null
                || !AssignedIds.of(persister) && NaturalKey.of(persister, instance) != null;
    }

    private ParentNeed ofAssigned(Object id) {
        EntityKey key = carrying.key(persister, id);
        if (carrying.holds(key)) {
            carrying.refer(id);
            return new ParentNeed.Nothing();
        }
        ParentNeed.Create create = create(id);
        return isLookedForFirst(id) ? lock(key, id, () -> create) : create;
    }

    /** If its row is gone, its id goes with it. */
    private ParentNeed ofGenerated(Object id) {
        EntityKey key = carrying.key(persister, id);
        if (carrying.holds(key)) {
            carrying.refer(id);
            return new ParentNeed.Nothing();
        }
        return lock(key, id, () -> {
            Object value = naturalId.value();
            if (value == null) {
                throw carrying.absent(Carrying.GENERATED);
            }
            return create(value);
        });
    }

    private ParentNeed.Lock lock(EntityKey key, Object id, Supplier<ParentNeed.Create> absent) {
        return new ParentNeed.Lock(carrying.referrer(), key, given, () -> carrying.refer(id), absent);
    }

    private ParentNeed ofNew() {
        Object value = naturalId.value();
        // A template may be what gives the natural id.
        if (carrying.referrer().hasTemplate() && persister.getNaturalIdMapping() != null) {
            return create(new SameInstance(given));
        }
        if (value == null) {
            return new ParentNeed.Persist(given);
        }
        ParentNeed.Create create = create(value);
        return isLookedForFirst(value) || naturalId.isCached() ? new ParentNeed.Find(create) : create;
    }

    private boolean isLookedForFirst(Object identity) {
        return carrying.parent().looksFirst() || wasSeen(identity) || needsOthersFirst();
    }

    /**
     * Several go into one message, whether they were seen or not, which itself locks what is there first. And what is
     * compared or written may be what a callback, a generator or a template has yet to give.
     */
    private boolean wasSeen(Object identity) {
        return carrying.alone()
                && !carrying.parent().readsValues()
                && !carrying.referrer().hasTemplate()
                && carrying.parent().door().seen().contains(persister, identity, carrying.session());
    }

    /** For a row that is there they would be written in vain. */
    private boolean needsOthersFirst() {
        return carrying.parent().door().refersToParents(given, persister)
                || (carrying.session() instanceof EventSource cascading
                        && new ReferredEntities(given, persister, cascading).anyNew());
    }

    private ParentNeed.Create create(Object identity) {
        return new ParentNeed.Create(carrying.referrer(), given, persister, identity, false, null);
    }

    private @Nullable Object managed(Object id) {
        PersistenceContext context = carrying.context();
        Object instance = context.getEntity(carrying.key(persister, id));
        return instance == null || context.getEntry(instance) == null ? null : instance;
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.violation.FailureCode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.spi.EventSource;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/** How one child carries its parent, and what follows from that. Sends nothing. */
final class CarriedParent {

    private static final String GENERATED = "the parent with that id is not there, and ids are generated.";

    private final RuledParent parent;
    private final Referrer referrer;
    private final SessionParents parents;
    private final SharedSessionContractImplementor session;
    private final PersistenceContext context;
    private final @Nullable LazyInitializer proxy;
    private final Object given;

    CarriedParent(Referrer referrer, SessionParents parents) {
        Object carried = referrer.carried();
        this.parent = parents.parent();
        this.referrer = referrer;
        this.parents = parents;
        this.session = parents.session();
        this.context = session.getPersistenceContextInternal();
        this.proxy = HibernateProxy.extractLazyInitializer(carried);
        this.given = proxy == null || proxy.isUninitialized() ? carried : proxy.getImplementation();
    }

    ParentNeed need() {
        requireItsClass();
        if (proxy != null && proxy.isUninitialized()) {
            return ofReference(proxy);
        }
        EntityEntry entry = context.getEntry(given);
        if (!Hibernate.isInitialized(given)) {
            return ofEnhancedReference(entry);
        }
        return entry == null ? ofInstance() : ofManaged(entry, given);
    }

    /** What the compiler has let pass, behind a cast, would else become a row of another class, or refer to one. */
    private void requireItsClass() {
        EntityPersister entity = parent.entity();
        Class<?> carried = proxy != null && proxy.isUninitialized() ? proxy.getPersistentClass() : given.getClass();
        boolean wider = proxy != null && proxy.isUninitialized() && carried.isAssignableFrom(entity.getMappedClass());
        if (!isItsClass(carried) && !wider) {
            throw parent.failure(
                    FailureCode.KEY_INVALID,
                    "a " + carried.getSimpleName() + " is no " + entity.getImportedName()
                            + ", which the parent has to be.");
        }
    }

    private boolean isItsClass(Class<?> carried) {
        return parent.entity().getMappedClass().isAssignableFrom(carried);
    }

    /** A proxy knows the id alone. */
    private ParentNeed ofReference(LazyInitializer reference) {
        EntityPersister persister =
                session.getFactory().getMappingMetamodel().getEntityDescriptor(reference.getEntityName());
        Object id = reference.getInternalIdentifier();
        EntityKey key = key(persister, id);
        return parent.holds(session, key)
                ? new ParentNeed.Nothing()
                : new ParentNeed.Lock(referrer, key, null, () -> {}, () -> blank(persister, id, reference));
    }

    /** With enhanced bytecode a reference is an instance of the entity's own class, which will load itself. */
    private ParentNeed ofEnhancedReference(@Nullable EntityEntry entry) {
        if (entry != null && entry.getStatus().isDeletedOrGone()) {
            throw removed();
        }
        EntityPersister persister = session.getEntityPersister(null, given);
        Object id = persister.getIdentifier(given, session);
        EntityKey key = key(persister, id);
        // One of another session is not managed here.
        Runnable found = entry == null ? () -> refer(id) : () -> {};
        if (parent.holds(session, key)) {
            found.run();
            return new ParentNeed.Nothing();
        }
        return new ParentNeed.Lock(referrer, key, null, found, () -> enhancedBlank(entry, persister, id));
    }

    /** The reference itself becomes the new instance, as a proxy would come to stand for it. */
    @SuppressWarnings("NullAway") // an instance without an interceptor is one that is loaded
    private ParentNeed.Create enhancedBlank(@Nullable EntityEntry entry, EntityPersister persister, Object id) {
        if (entry == null || !AssignedIds.of(persister)) {
            return blank(persister, id, null);
        }
        context.removeEntry(given);
        context.removeEntityHolder(entry.getEntityKey());
        ((PersistentAttributeInterceptable) given).$$_hibernate_setInterceptor(null);
        return new ParentNeed.Create(referrer, given, persister, id, true, null);
    }

    /** Nothing but the id is known. */
    private ParentNeed.Create blank(EntityPersister persister, Object id, @Nullable LazyInitializer reference) {
        if (!AssignedIds.of(persister)) {
            throw absent(GENERATED);
        }
        if (persister.isAbstract() || !isItsClass(persister.getMappedClass())) {
            throw absent("the parent with that id is not there, and a reference does not tell of which class it is.");
        }
        return new ParentNeed.Create(referrer, persister.instantiate(id, session), persister, id, true, reference);
    }

    /**
     * @param values the instance with what must match: the one that the child was given
     */
    private ParentNeed ofManaged(EntityEntry entry, Object values) {
        if (entry.getStatus().isDeletedOrGone()) {
            throw removed();
        }
        // Else its own INSERT comes first: it is queued before the child's.
        boolean written = entry.isExistsInDatabase() && entry.getStatus() != Status.SAVING;
        return !written || parent.holds(session, entry.getEntityKey())
                ? new ParentNeed.Nothing()
                : new ParentNeed.Lock(referrer, entry.getEntityKey(), values, () -> {}, () -> {
                    throw absent("another transaction has deleted the parent after it was read.");
                });
    }

    /** New or detached. */
    private ParentNeed ofInstance() {
        EntityPersister persister = session.getEntityPersister(null, given);
        Object id = id(persister);
        Object known = id == null ? idByNaturalId(persister) : id;
        Object managed = known == null ? null : managed(persister, known);
        if (managed != null) {
            referrer.refer(managed);
            return ofManaged(context.getEntry(managed), given);
        }
        if (AssignedIds.of(persister)) {
            // A callback may give it one that nobody else has; otherwise Hibernate says that it has none.
            return id == null ? new ParentNeed.Persist(given) : ofAssigned(persister, id);
        }
        return known == null ? ofNew(persister) : ofGenerated(persister, known);
    }

    /** A primitive id that is still to be generated has its unsaved value. */
    private @Nullable Object id(EntityPersister persister) {
        Object id = persister.getIdentifier(given, session);
        boolean unsaved = id != null
                && !AssignedIds.of(persister)
                && Boolean.TRUE.equals(
                        persister.getIdentifierMapping().getUnsavedStrategy().isUnsaved(id));
        return unsaved ? null : id;
    }

    private ParentNeed ofAssigned(EntityPersister persister, Object id) {
        EntityKey key = key(persister, id);
        if (parent.holds(session, key)) {
            refer(id);
            return new ParentNeed.Nothing();
        }
        var create = new ParentNeed.Create(referrer, given, persister, id, false, null);
        return parent.looksFirst() || needsOthersFirst(persister)
                ? new ParentNeed.Lock(referrer, key, given, () -> refer(id), () -> create)
                : create;
    }

    /** Then it is looked for before: for a row that is there they would be written in vain. */
    private boolean needsOthersFirst(EntityPersister persister) {
        return parent.door().refersToParents(given, persister)
                || (session instanceof EventSource cascading
                        && new ReferredEntities(given, persister, cascading).anyNew());
    }

    /** Detached; if its row is gone, its id goes with it. */
    private ParentNeed ofGenerated(EntityPersister persister, Object id) {
        EntityKey key = key(persister, id);
        if (parent.holds(session, key)) {
            refer(id);
            return new ParentNeed.Nothing();
        }
        return new ParentNeed.Lock(referrer, key, given, () -> refer(id), () -> {
            Object naturalId = naturalId(persister);
            if (naturalId == null) {
                throw absent(GENERATED);
            }
            return created(persister, naturalId);
        });
    }

    private ParentNeed ofNew(EntityPersister persister) {
        Object naturalId = naturalId(persister);
        // A template may be what gives the natural id.
        if (referrer.hasTemplate() && persister.getNaturalIdMapping() != null) {
            return created(persister, new GivenInstance(given));
        }
        if (naturalId == null) {
            return new ParentNeed.Persist(given);
        }
        ParentNeed.Create create = created(persister, naturalId);
        return parent.looksFirst() || needsOthersFirst(persister) ? new ParentNeed.Find(create) : create;
    }

    private ParentNeed.Create created(EntityPersister persister, Object identity) {
        return new ParentNeed.Create(referrer, given, persister, identity, false, null);
    }

    /** Null if there is none, or some of it is missing, so that nobody else can have it. */
    private @Nullable Object naturalId(EntityPersister persister) {
        NaturalIdMapping mapping = persister.getNaturalIdMapping();
        Object value = mapping == null ? null : mapping.extractNaturalIdFromEntity(given);
        if (value instanceof Object[] parts) {
            return Stream.of(parts).allMatch(Objects::nonNull) ? List.of(parts) : null;
        }
        return value;
    }

    /** One that may become a row of its own. */
    private record GivenInstance(Object instance) {

        @Override
        @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
        public boolean equals(@Nullable Object other) {
            return other instanceof GivenInstance same && same.instance == instance;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(instance);
        }
    }

    private @Nullable Object managed(EntityPersister persister, Object id) {
        Object instance = context.getEntity(key(persister, id));
        return instance == null || context.getEntry(instance) == null ? null : instance;
    }

    /** That the context knows. */
    private @Nullable Object idByNaturalId(EntityPersister persister) {
        NaturalIdMapping mapping = persister.getNaturalIdMapping();
        return mapping == null || naturalId(persister) == null
                ? null
                : context.getNaturalIdResolutions()
                        .findCachedIdByNaturalId(mapping.extractNaturalIdFromEntity(given), persister);
    }

    private EntityKey key(EntityPersister persister, Object id) {
        return session.generateEntityKey(id, persister);
    }

    private void refer(Object id) {
        referrer.refer(parents.reference(id));
    }

    private RuntimeException absent(String why) {
        return parent.failure(FailureCode.PARENT_ABSENT, why);
    }

    private RuntimeException removed() {
        return parent.removed();
    }
}

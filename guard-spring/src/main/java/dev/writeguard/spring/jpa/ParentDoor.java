package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.Optional;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/** Ensures the parent of one association, however a child carries it. */
final class ParentDoor {

    private final EnsuredAssociation association;
    private final AssociationRule rule;
    private final DoorMeans means;
    private final EntityDoor door;

    ParentDoor(EnsuredAssociation association, AssociationRule rule, DoorMeans means, EntityDoor door) {
        this.association = association;
        this.rule = rule;
        this.means = means;
        this.door = door;
    }

    /** The entity of the parent, or the topmost one above it. */
    String rootOfParent() {
        return association.parent().getRootEntityName();
    }

    /** Whether a managed child refers to something else than when it was read or flushed. */
    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    boolean changed(Object child, EntityEntry entry) {
        Object[] loaded = entry.getLoadedState();
        return loaded == null || association.get(loaded) != association.get(child);
    }

    /**
     * Afterwards the parent is there and locked, and the child refers to a managed instance of it or to a reference.
     *
     * @return empty if it refers to the same as before
     * @throws RuntimeException one of Guard's exceptions: refused, or not there and not to be created
     */
    @SuppressWarnings("ReferenceEquality")
    Optional<Replacement> ensure(Object child, EventSource session) {
        Object carried = association.get(child);
        if (carried == null || !ensureParent(session).enforces(rule.parent(), "ensure", 1)) {
            return Optional.empty();
        }
        new Carried(child, carried, session).ensure();
        return association.get(child) == carried
                ? Optional.empty()
                : Optional.of(new Replacement(association, child, carried));
    }

    private EnsureParent ensureParent(EventSource session) {
        return means.database().ensureParent(new HibernateSessionConnections(session));
    }

    /** One child with what it refers to. */
    private final class Carried {

        private final Object child;
        private final EventSource session;
        private final PersistenceContext context;
        private final @Nullable LazyInitializer proxy;
        private final Object given;

        Carried(Object child, Object carried, EventSource session) {
            this.child = child;
            this.session = session;
            this.context = session.getPersistenceContextInternal();
            this.proxy = HibernateProxy.extractLazyInitializer(carried);
            this.given = proxy == null || proxy.isUninitialized() ? carried : proxy.getImplementation();
        }

        void ensure() {
            if (proxy != null && proxy.isUninitialized()) {
                ensureReference(proxy);
                return;
            }
            EntityEntry entry = context.getEntry(given);
            if (entry == null) {
                ensureInstance();
            } else {
                ensureManaged(given, entry);
            }
        }

        /** A proxy knows the id alone. */
        @SuppressWarnings("ReferenceEquality")
        private void ensureReference(LazyInitializer reference) {
            EntityPersister persister =
                    session.getFactory().getMappingMetamodel().getEntityDescriptor(reference.getEntityName());
            Object id = reference.getInternalIdentifier();
            EntityKey key = session.generateEntityKey(id, persister);
            refuseRemoved(key);
            if (held(key) || lock(persister, id, null).isPresent()) {
                return;
            }
            Object instance = persister.instantiate(id, session);
            if (create(instance, persister) == instance) {
                reference.setImplementation(instance);
            }
        }

        private void ensureManaged(Object instance, EntityEntry entry) {
            if (entry.getStatus().isDeletedOrGone()) {
                throw failure(
                        FailureCode.PARENT_REMOVED, "the child refers to a parent that this transaction removes.");
            }
            // Else its own INSERT comes first: it is queued before the child's.
            if (entry.isExistsInDatabase() && entry.getStatus() != Status.SAVING) {
                EntityPersister persister = entry.getPersister();
                EntityKey key = entry.getEntityKey();
                boolean own = context.wasInsertedDuringTransaction(persister, entry.getId());
                if (!own
                        && !held(key)
                        && lock(persister, entry.getId(), instance).isEmpty()) {
                    throw failure(
                            FailureCode.PARENT_ABSENT, "another transaction has deleted the parent after it was read.");
                }
            }
        }

        /** New or detached. */
        private void ensureInstance() {
            EntityPersister persister = session.getEntityPersister(null, given);
            Object id = persister.getIdentifier(given, session);
            Object known = id == null ? null : managed(persister, id);
            if (known == null && id == null) {
                known = managedByNaturalId(persister);
            }
            if (known != null) {
                association.set(child, known);
                ensureManaged(known, context.getEntry(known));
            } else if (AssociationCompiler.assignsId(persister)) {
                ensureAssigned(persister, id);
            } else if (id != null && exists(persister, id)) {
                association.set(child, reference(persister, id));
            } else if (persister.getNaturalIdMapping() != null) {
                association.set(child, create(given, persister));
            } else if (id == null) {
                // Nobody else can have its key.
                session.persist(given);
            } else {
                throw failure(
                        FailureCode.PARENT_ABSENT, "the parent with that id is not there, and ids are generated.");
            }
        }

        /** Without an id Hibernate says so itself, when it comes to the parent. */
        private void ensureAssigned(EntityPersister persister, @Nullable Object id) {
            if (id != null) {
                EntityKey key = session.generateEntityKey(id, persister);
                refuseRemoved(key);
                association.set(child, held(key) ? reference(persister, id) : create(given, persister));
            }
        }

        private boolean exists(EntityPersister persister, Object id) {
            return held(session.generateEntityKey(id, persister))
                    || lock(persister, id, given).isPresent();
        }

        private @Nullable Object managed(EntityPersister persister, Object id) {
            Object instance = context.getEntity(session.generateEntityKey(id, persister));
            return instance == null || context.getEntry(instance) == null ? null : instance;
        }

        private @Nullable Object managedByNaturalId(EntityPersister persister) {
            if (persister.getNaturalIdMapping() == null) {
                return null;
            }
            Object naturalId = persister.getNaturalIdMapping().extractNaturalIdFromEntity(given);
            Object id = context.getNaturalIdResolutions().findCachedIdByNaturalId(naturalId, persister);
            return id == null ? null : managed(persister, id);
        }

        private void refuseRemoved(EntityKey key) {
            if (context.containsDeletedUnloadedEntityKey(key)) {
                throw failure(
                        FailureCode.PARENT_REMOVED, "the child refers to a parent that this transaction removes.");
            }
        }

        /** A soft reference is locked each time: nothing else would notice that a lock is gone. */
        private boolean held(EntityKey key) {
            return !rule.parent().soft() && door.held().contains(session, key);
        }

        private Object reference(EntityPersister persister, Object id) {
            return session.getReference(persister.getEntityName(), id);
        }

        /**
         * Locks the row with that id.
         *
         * @param values what must match is taken from, unless a template says it
         * @return empty if it is absent
         */
        private Optional<EnsureOutcome> lock(EntityPersister persister, Object id, @Nullable Object values) {
            ParentRule byReference = rule.byReference();
            RowKey key = MappedRows.key(byReference, persister, id, session);
            Object expected = template().isPresent() && !byReference.match().isEmpty()
                    ? filled(persister.instantiate(id, session))
                    : values;
            ParentRow row = byReference.row(
                    key,
                    MappedRows.matched(byReference, association.declaration().match(), persister, expected, session));
            Optional<EnsureOutcome> found = ensureParent(session).lock(row);
            found.ifPresent(outcome -> hold(outcome, session.generateEntityKey(id, persister)));
            return found;
        }

        /**
         * Ensures a row with the values of an instance.
         *
         * @return the instance, managed, if it is new; else a reference to the one that was there
         */
        private Object create(Object instance, EntityPersister persister) {
            door.beforeWrite(filled(instance), persister, session);
            executeInsertsThatItRefersTo(persister, instance);
            var parent = new NewParent(instance, persister, session);
            CapturedInsert insert = parent.prepare(means.executors());
            RowValues values = insert.firstRow(rule.parent());
            EnsureOutcome outcome =
                    ensureParent(session).ensure(rule.parent().row(MappedRows.key(rule.parent(), values), values));
            Object id = MappedRows.id(outcome, persister, persister.getIdentifier(instance, session), session);
            EntityKey key = session.generateEntityKey(id, persister);
            hold(outcome, key);
            if (outcome instanceof EnsureOutcome.Created) {
                insert.executeOthers(means.executors().delegate());
                if (!persister.hasInsertGeneratedProperties()) {
                    parent.created(id);
                    return instance;
                }
            }
            parent.restore();
            return reference(persister, id);
        }

        /** What was persisted before, and is not written yet, comes before a row that refers to it. */
        private void executeInsertsThatItRefersTo(EntityPersister persister, Object instance) {
            if (session.getActionQueue().numberOfInsertions() > 0
                    && MappedRows.refersToUnwritten(persister, instance, context)) {
                session.getActionQueue().executeInserts();
            }
        }

        private void hold(EnsureOutcome outcome, EntityKey key) {
            if (outcome instanceof EnsureOutcome.Refused refused) {
                throw translated(refused);
            }
            door.held().add(session, key);
        }

        private Object filled(Object instance) {
            template().ifPresent(template -> {
                try {
                    template.fill(instance, child);
                } catch (RuntimeException failure) {
                    throw GuardExceptionTranslator.translate(new GuardException(
                            FailureReport.of(
                                    FailureCode.TEMPLATE_FAILED,
                                    "ensure",
                                    rule.parent().table().name(),
                                    "its template threw an exception."),
                            failure));
                }
            });
            return instance;
        }
    }

    private Optional<EntityTemplate<Object, Object>> template() {
        return Optional.of(association.declaration().template())
                .filter(type -> type != EntityTemplate.class)
                .map(means.database()::template);
    }

    private RuntimeException translated(EnsureOutcome.Refused refused) {
        try {
            refused.orThrow();
            throw new IllegalStateException("a refusal throws");
        } catch (GuardException failure) {
            return GuardExceptionTranslator.translate(failure);
        }
    }

    private RuntimeException failure(FailureCode code, String why) {
        return GuardExceptionTranslator.translate(new GuardException(
                FailureReport.of(code, "ensure", rule.parent().table().name(), why)));
    }
}

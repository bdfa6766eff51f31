package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.action.internal.EntityInsertAction;
import org.hibernate.bytecode.enhance.spi.interceptor.BytecodeLazyAttributeInterceptor;
import org.hibernate.engine.internal.ForeignKeys;
import org.hibernate.engine.internal.Nullability;
import org.hibernate.engine.internal.Versioning;
import org.hibernate.engine.spi.ManagedEntity;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.hibernate.generator.EventType;
import org.hibernate.generator.Generator;
import org.hibernate.id.IdentifierGenerationException;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.stat.spi.StatisticsImplementor;
import org.hibernate.type.TypeHelper;
import org.jspecify.annotations.Nullable;

/**
 * An instance that is not managed yet, on its way into the database: it goes through what {@code persist} does with a new
 * instance, in its order, but for the INSERT itself.
 */
final class NewParent {

    private final Object instance;
    private final EntityPersister persister;
    private final EventSource session;
    private final InstanceState before;
    private @Nullable Object id;
    private @Nullable Object[] state;
    private @Nullable RuntimeException fault;

    NewParent(Object instance, EntityPersister persister, EventSource session) {
        this.instance = instance;
        this.persister = persister;
        this.session = session;
        this.before = InstanceState.of(instance, persister, session);
        this.state = before.attributes();
        Attempt.remember(instance, persister, session);
    }

    /**
     * Generates the id, calls the callbacks, fills in what is generated in memory, checks what must not be null, and has
     * the instance validated.
     */
    void prepare() {
        DetachedCollections.replaceIn(instance, persister);
        boolean byDatabase = persister.getGenerator().generatedOnExecution(instance, session);
        if (!byDatabase) {
            generateId();
        }
        // May be what gives an id that is assigned.
        session.getFactory().getEventEngine().getCallbackRegistry().preCreate(instance);
        id = byDatabase ? null : assignedId();
        new ReferredEntities(instance, persister, session).write();
        state = persister.getPropertyValuesToInsert(instance, null, session);
        boolean changed = session.getInterceptor()
                .onPersist(instance, id, state, persister.getPropertyNames(), persister.getPropertyTypes());
        if (persister.isVersioned()) {
            changed |= Versioning.seedVersion(instance, state, persister, session);
        }
        if (changed) {
            persister.setValues(instance, state);
        }
        new ForeignKeys.Nullifier(instance, false, byDatabase, session, persister).nullifyTransientReferences(state);
        try {
            new Nullability(session, Nullability.NullabilityCheckType.CREATE).checkNullability(state, persister);
            validate();
        } catch (RuntimeException found) {
            fault = found;
        }
    }

    /** Whether nobody has refused it. */
    boolean isAccepted() {
        return fault == null;
    }

    /** Why it was refused. */
    RuntimeException refusal() {
        return Objects.requireNonNull(fault, "refusal");
    }

    /** The INSERT that follows; without id, if the database gives it. */
    CapturedInsert capture(GuardMutationExecutors executors) {
        Object known = id;
        return executors.capture(persister, () -> {
            if (known == null) {
                persister.getInsertCoordinator().insert(instance, state, session);
            } else {
                persister.getInsertCoordinator().insert(instance, known, state, session);
            }
        });
    }

    private void generateId() {
        Generator generator = persister.getGenerator();
        if (!AssignedIds.of(persister)
                && generator instanceof BeforeExecutionGenerator before
                && generator.generatedBeforeExecution(instance, session)) {
            Object current = generator.allowAssignedIdentifiers() ? persister.getIdentifier(instance, session) : null;
            persister.setIdentifier(instance, before.generate(session, instance, current, EventType.INSERT), session);
        }
    }

    private Object assignedId() {
        Object assigned = persister.getIdentifier(instance, session);
        if (assigned == null) {
            throw new IdentifierGenerationException("Identifier of entity '" + persister.getEntityName()
                    + "' must be manually assigned before calling 'persist()'");
        }
        return assigned;
    }

    Object instance() {
        return instance;
    }

    EntityPersister persister() {
        return persister;
    }

    /** The id that the row has if it is created; null if the database gives it. */
    @Nullable
    Object id() {
        return id;
    }

    boolean isNotManaged() {
        return !session.getPersistenceContextInternal().isEntryFor(instance);
    }

    /** Whether no other instance of this context has that id. */
    boolean isNotTaken(Object stored) {
        return session.getPersistenceContextInternal().getEntity(session.generateEntityKey(stored, persister)) == null;
    }

    /** Bean Validation among others. */
    private void validate() {
        var event = new PreInsertEvent(instance, id, state, persister, session);
        var veto = new AtomicBoolean();
        session.getFactory()
                .getEventListenerGroups()
                .eventListenerGroup_PRE_INSERT
                .fireEventOnEachListener(event, (listener, each) -> {
                    if (listener.onPreInsert(each)) {
                        veto.set(true);
                    }
                });
        if (veto.get()) {
            throw new VetoedParentException(persister.getEntityName());
        }
    }

    /** Makes the instance managed, as after an INSERT of its own, and with what was written into the row since. */
    void created(Object stored, Touches touches, EnsureOutcome outcome) {
        persister.setIdentifier(instance, stored, session);
        touches.created(outcome, persister, instance, state);
        if (persister.hasInsertGeneratedProperties()) {
            new GeneratedAttributes(persister, session).readInto(instance, stored, state);
        }
        startTracking();
        TypeHelper.deepCopy(state, persister.getPropertyTypes(), persister.getPropertyUpdateability(), state, session);
        session.getActionQueue().execute(new Inserted(stored, Versioning.getVersion(state, persister)));
    }

    /** With enhanced bytecode: what was set so far is stored, and what another session has not loaded, this one may. */
    private void startTracking() {
        BytecodeLazyAttributeInterceptor loading =
                persister.getBytecodeEnhancementMetadata().isEnhancedForLazyLoading()
                        ? persister.getBytecodeEnhancementMetadata().extractLazyInterceptor(instance)
                        : null;
        if (loading != null) {
            loading.setSession(session);
        }
        if (instance instanceof SelfDirtinessTracker tracker) {
            tracker.$$_hibernate_clearDirtyAttributes();
        }
        if (instance instanceof ManagedEntity managed) {
            managed.$$_hibernate_setUseTracker(true);
        }
    }

    /** Gives the instance back as it was: the row that is there is another one's. */
    void restore() {
        before.restore();
    }

    /** An insertion that has happened. */
    private final class Inserted extends EntityInsertAction {

        private static final long serialVersionUID = 1L;

        Inserted(Object id, @Nullable Object version) {
            super(id, state, instance, version, persister, false, session);
        }

        @Override
        public void execute() {
            PersistenceContext context = session.getPersistenceContextInternal();
            markExecuted();
            makeEntityManaged();
            context.registerInsertedKey(persister, getId());
            addCollectionsByKeyToPersistenceContext(context, getState());
            putCacheIfNecessary();
            handleNaturalIdPostSaveNotifications(getId());
            postInsert();
            StatisticsImplementor statistics = session.getFactory().getStatistics();
            if (statistics.isStatisticsEnabled()) {
                statistics.insertEntity(persister.getEntityName());
            }
        }
    }
}

package dev.writeguard.spring.jpa;

import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.action.internal.EntityInsertAction;
import org.hibernate.engine.internal.Nullability;
import org.hibernate.engine.internal.Versioning;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.hibernate.generator.EventType;
import org.hibernate.generator.Generator;
import org.hibernate.persister.entity.EntityPersister;
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
    private final @Nullable Object idBefore;
    private final @Nullable Object[] stateBefore;
    private @Nullable Object[] state;

    NewParent(Object instance, EntityPersister persister, EventSource session) {
        this.instance = instance;
        this.persister = persister;
        this.session = session;
        this.idBefore = persister.getIdentifier(instance, session);
        this.stateBefore = persister.getValues(instance).clone();
        this.state = stateBefore;
        Attempt.remember(instance, persister, session);
    }

    /**
     * Generates the id, calls the callbacks, fills in what is generated in memory, checks what must not be null, and has
     * the instance validated.
     *
     * @return the INSERT that follows; without id, if the database gives it
     */
    CapturedInsert prepare(GuardMutationExecutors executors) {
        Object id = generatedId();
        session.getFactory().getEventEngine().getCallbackRegistry().preCreate(instance);
        state = persister.getPropertyValuesToInsert(instance, null, session);
        boolean changed = session.getInterceptor()
                .onPersist(instance, id, state, persister.getPropertyNames(), persister.getPropertyTypes());
        if (persister.isVersioned()) {
            changed |= Versioning.seedVersion(instance, state, persister, session);
        }
        if (changed) {
            persister.setValues(instance, state);
        }
        new Nullability(session, Nullability.NullabilityCheckType.CREATE).checkNullability(state, persister);
        validate(id);
        Object known = id;
        return executors.capture(persister, () -> {
            if (known == null) {
                persister.getInsertCoordinator().insert(instance, state, session);
            } else {
                persister.getInsertCoordinator().insert(instance, known, state, session);
            }
        });
    }

    Object instance() {
        return instance;
    }

    EntityPersister persister() {
        return persister;
    }

    /** Its id; null if the database gives it, and has not yet. */
    @Nullable
    Object id() {
        return persister.getIdentifier(instance, session);
    }

    boolean isNotManaged() {
        return !session.getPersistenceContextInternal().isEntryFor(instance);
    }

    /** Whether no other instance of this context has that id. */
    boolean isNotTaken(Object id) {
        return session.getPersistenceContextInternal().getEntity(session.generateEntityKey(id, persister)) == null;
    }

    private @Nullable Object generatedId() {
        Generator generator = persister.getGenerator();
        if (generator.generatedOnExecution(instance, session)) {
            return null;
        }
        if (generator.generatesOnInsert() && generator instanceof BeforeExecutionGenerator before) {
            Object id =
                    before.generate(session, instance, persister.getIdentifier(instance, session), EventType.INSERT);
            persister.setIdentifier(instance, id, session);
            return id;
        }
        return persister.getIdentifier(instance, session);
    }

    /** Bean Validation among others. */
    private void validate(@Nullable Object id) {
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

    /** Makes the instance managed, as after an INSERT of its own. */
    void created(Object id) {
        persister.setIdentifier(instance, id, session);
        TypeHelper.deepCopy(state, persister.getPropertyTypes(), persister.getPropertyUpdateability(), state, session);
        session.getActionQueue().execute(new Inserted(id, Versioning.getVersion(state, persister)));
    }

    /** Gives the instance back as it was: the row that is there is another one's. */
    void restore() {
        persister.setValues(instance, stateBefore);
        persister.setIdentifier(instance, idBefore, session);
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
        }
    }
}

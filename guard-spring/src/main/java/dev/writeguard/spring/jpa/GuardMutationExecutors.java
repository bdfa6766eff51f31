package dev.writeguard.spring.jpa;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.engine.jdbc.mutation.MutationExecutor;
import org.hibernate.engine.jdbc.mutation.internal.MutationExecutorServiceInitiator;
import org.hibernate.engine.jdbc.mutation.spi.BatchKeyAccess;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.values.GeneratedValues;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.service.spi.Configurable;
import org.hibernate.service.spi.ServiceRegistryAwareService;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.sql.model.MutationOperationGroup;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's service through which every row is written, with one addition: the INSERT of an entity can be captured.
 *
 * <p>Safe for use by many threads; a capture concerns its own.
 */
final class GuardMutationExecutors implements MutationExecutorService, ServiceRegistryAwareService, Configurable {

    /** The setting under which Hibernate looks for the service. */
    static final String SETTING = "hibernate.jdbc.mutation.executor";

    private static final ThreadLocal<@Nullable Capture> CAPTURE = new ThreadLocal<>();

    private final @Nullable Object configured;
    private final Supplier<DoorDatabase> database;
    private @Nullable ServiceRegistryImplementor services;
    private @Nullable MutationExecutorService delegate;
    private @Nullable LateDoor door;

    /** What is waited for, and what came. */
    private static final class Capture {

        private final EntityPersister persister;
        private final Function<CapturedInsert, @Nullable GeneratedValues> instead;
        private @Nullable CapturedInsert insert;

        Capture(EntityPersister persister, Function<CapturedInsert, @Nullable GeneratedValues> instead) {
            this.persister = persister;
            this.instead = instead;
        }
    }

    /**
     * @param configured the application's own setting: an instance, a class or the name of one; null for Hibernate's
     * @param database behind the factory; asked when it is needed
     */
    GuardMutationExecutors(@Nullable Object configured, Supplier<DoorDatabase> database) {
        this.configured = configured;
        this.database = database;
    }

    @Override
    public void injectServices(ServiceRegistryImplementor injected) {
        services = injected;
    }

    /** Lets Hibernate itself find the service that would be there without Guard. */
    @Override
    public void configure(Map<String, Object> settings) {
        Map<String, Object> without = new HashMap<>(settings);
        without.remove(SETTING);
        if (configured != null) {
            without.put(SETTING, configured);
        }
        MutationExecutorService service = MutationExecutorServiceInitiator.INSTANCE.initiateService(
                without, Objects.requireNonNull(services, "services"));
        if (service instanceof ServiceRegistryAwareService aware) {
            aware.injectServices(services);
        }
        if (service instanceof Configurable configurable) {
            configurable.configure(without);
        }
        delegate = service;
    }

    @Override
    public MutationExecutor createExecutor(
            BatchKeyAccess key, MutationOperationGroup group, SharedSessionContractImplementor session) {
        Capture wanted = CAPTURE.get();
        if (wanted != null && wanted.insert == null && wanted.persister.equals(group.getMutationTarget())) {
            wanted.insert = new CapturedInsert(group, session, wanted.instead);
            return wanted.insert;
        }
        return delegate().createExecutor(key, group, session);
    }

    /** Names the door of the factory that has this service. */
    void opens(LateDoor opened) {
        door = opened;
    }

    /** The door of the factory. */
    EntityDoor door() {
        if (door == null) {
            throw new IllegalStateException("Hibernate has not called Guard's Integrator");
        }
        return door.get();
    }

    DoorDatabase database() {
        return database.get();
    }

    /** Hibernate's own, or the application's. */
    MutationExecutorService delegate() {
        if (delegate == null) {
            throw new IllegalStateException("Hibernate has not configured its MutationExecutorService");
        }
        return delegate;
    }

    /** Runs the work, and takes the INSERT of this entity out of it. */
    CapturedInsert capture(EntityPersister persister, Runnable work) {
        CapturedInsert insert = run(new Capture(persister, captured -> null), work);
        if (insert == null) {
            throw new IllegalStateException(
                    "Hibernate has not inserted " + persister.getEntityName() + " through its MutationExecutorService");
        }
        return insert;
    }

    /** Runs the work, and does something else instead of the INSERT of this entity, if it comes to that. */
    void replace(
            EntityPersister persister, Function<CapturedInsert, @Nullable GeneratedValues> instead, Runnable work) {
        run(new Capture(persister, instead), work);
    }

    /** Work may begin within other work, before the INSERT of that. */
    private static @Nullable CapturedInsert run(Capture wanted, Runnable work) {
        Capture outer = CAPTURE.get();
        CAPTURE.set(wanted);
        try {
            work.run();
        } finally {
            if (outer == null) {
                CAPTURE.remove();
            } else {
                CAPTURE.set(outer);
            }
        }
        return wanted.insert;
    }
}

package dev.writeguard.spring.jpa;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The EntityManager door for a caller who knows more than one instance that is about to be written. */
public final class EntityWrites {

    private final EntityDoor door;
    private final EventSource session;

    private EntityWrites(EntityDoor door, EventSource session) {
        this.door = door;
        this.session = session;
    }

    /** Whether an EntityManager is in a transaction: one that was bound before that began may say that it is in none. */
    public static boolean isInTransaction(EntityManager entityManager) {
        return entityManager.unwrap(SessionImplementor.class).isTransactionInProgress();
    }

    /** In the transaction of that EntityManager; empty if its factory has no door, or one that guards nothing. */
    public static Optional<EntityWrites> of(EntityManager entityManager) {
        SessionImplementor session = entityManager.unwrap(SessionImplementor.class);
        return session.getFactory().getServiceRegistry().getService(MutationExecutorService.class)
                                instanceof GuardMutationExecutors executors
                        && session instanceof EventSource source
                        && !executors.door().idle()
                ? Optional.of(new EntityWrites(executors.door(), source))
                : Optional.empty();
    }

    /**
     * Ensures the parents of all these instances together. Their own writes do not ask again.
     *
     * @return to be run when they are written: gives each instance that was merged and not persisted back what it
     *     referred to before
     */
    public Runnable beforeSave(Collection<?> instances) {
        Map<EntityPersister, List<Object>> byEntity = new LinkedHashMap<>();
        for (Object instance : instances) {
            if (instance != null && !session.getPersistenceContextInternal().isEntryFor(instance)) {
                byEntity.computeIfAbsent(session.getEntityPersister(null, instance), first -> new ArrayList<>())
                        .add(instance);
            }
        }
        List<Referrer> replaced = door.beforeWrite(byEntity, session);
        return () -> replaced.stream()
                .filter(each -> !session.getPersistenceContextInternal().isEntryFor(each.entity()))
                .forEach(Referrer::undo);
    }

    /** Ensures the parents that a call needs. */
    public void beforeCall(RepositoryCall call, @Nullable Object[] arguments) {
        door.beforeCall(call, arguments, session);
    }

    /** How many rows the door has written in this session's transaction so far. */
    public int written() {
        return door.held().written(session);
    }
}

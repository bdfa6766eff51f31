package dev.writeguard.spring.jpa;

import dev.writeguard.violation.FailureCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Which row each session's transaction has found by a natural id. The lock on it keeps others from giving it another one.
 * What Hibernate's second-level cache says of a natural id, nobody keeps so.
 */
final class FoundParents {

    private final TransactionMemory<Map<Named, EntityKey>> transactions = new TransactionMemory<>(HashMap::new);

    private record Named(String root, Object naturalId) {}

    /** Null if it was not asked for yet. */
    @Nullable
    Object id(SharedSessionContractImplementor session, EntityPersister persister, Object naturalId) {
        Map<Named, EntityKey> found = transactions.of(session);
        EntityKey key = found == null ? null : found.get(new Named(persister.getRootEntityName(), naturalId));
        return key == null ? null : key.getIdentifier();
    }

    /**
     * Remembers by which natural id a row was found, so that it need not be found again.
     *
     * @param instance that has this natural id
     * @throws RuntimeException that of a refusal, if the next flush gives the row another one
     */
    void add(RuledParent parent, Object id, Object instance, SharedSessionContractImplementor session) {
        EntityPersister entity = parent.entity();
        NaturalIdMapping mapping = AssignedIds.of(entity) ? null : entity.getNaturalIdMapping();
        Object naturalId = mapping == null ? null : NaturalKey.of(entity, instance);
        if (mapping == null || naturalId == null || !(session instanceof EventSource)) {
            return;
        }
        EntityKey key = session.generateEntityKey(id, entity);
        PersistenceContext context = session.getPersistenceContextInternal();
        if (isRenamed(key, mapping, context)) {
            throw parent.failure(
                    FailureCode.KEY_INVALID,
                    "the parent with that natural id is given another one in this transaction. Flush first.");
        }
        Map<Named, EntityKey> found = transactions.toAddTo(session);
        if (found != null) {
            found.put(new Named(entity.getRootEntityName(), naturalId), key);
        }
        context.getNaturalIdResolutions()
                .cacheResolutionFromLoad(id, mapping.extractNaturalIdFromEntity(instance), entity);
    }

    /** Whether the child would come to refer to a row that is called otherwise. */
    private static boolean isRenamed(EntityKey parent, NaturalIdMapping mapping, PersistenceContext context) {
        Object managed = context.getEntity(parent);
        EntityEntry entry = managed == null || !Hibernate.isInitialized(managed) ? null : context.getEntry(managed);
        @Nullable Object[] loaded = entry == null ? null : entry.getLoadedState();
        return loaded != null
                && !Objects.deepEquals(
                        mapping.extractNaturalIdFromEntityState(loaded), mapping.extractNaturalIdFromEntity(managed));
    }

    /** Forgets a row that the transaction has deleted, or that has left the context. */
    void removed(SharedSessionContractImplementor session, EntityKey parent) {
        Map<Named, EntityKey> found = transactions.of(session);
        if (found != null) {
            found.values().remove(parent);
        }
    }

    void clear(SharedSessionContractImplementor session) {
        transactions.forget(session);
    }
}

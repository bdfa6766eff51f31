package dev.writeguard.spring.jpa;

import java.util.HashMap;
import java.util.Map;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
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

    void add(SharedSessionContractImplementor session, EntityKey parent, Object naturalId) {
        Map<Named, EntityKey> found = transactions.toAddTo(session);
        if (found != null) {
            found.put(new Named(parent.getPersister().getRootEntityName(), naturalId), parent);
        }
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

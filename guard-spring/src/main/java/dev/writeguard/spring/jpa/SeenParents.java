package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Which parents were there when they were ensured: next time, one alone is looked for first, since an INSERT would be tried in
 * vain. A guess, shared by all transactions: a row that is gone meanwhile, or whose hash another one has, costs a round trip
 * more and nothing else. Holds hashes, as many as there are slots.
 *
 * <p>Safe for use by many threads.
 */
final class SeenParents {

    private static final int SLOT_BITS = 16;
    private static final int NONE = 0;
    private static final int GOLDEN_RATIO = 0x9E3779B9;
    private static final int PRIME = 31;

    private final AtomicIntegerArray hashes = new AtomicIntegerArray(1 << SLOT_BITS);

    /**
     * Whether it was there when it was last ensured.
     *
     * @param identity its id, or its natural id where ids are generated
     */
    boolean contains(EntityPersister persister, Object identity, SharedSessionContractImplementor session) {
        int hash = hash(persister, identity, session);
        return hashes.get(slot(hash)) == hash;
    }

    /** Remembers what has become of a parent that was not looked for. */
    void add(
            EnsureOutcome outcome,
            EntityPersister persister,
            Object identity,
            SharedSessionContractImplementor session) {
        if (outcome instanceof EnsureOutcome.Existing) {
            int hash = hash(persister, identity, session);
            hashes.setOpaque(slot(hash), hash);
        } else {
            remove(persister, identity, session);
        }
    }

    /** Forgets one that is not there. */
    void remove(EntityPersister persister, Object identity, SharedSessionContractImplementor session) {
        int hash = hash(persister, identity, session);
        hashes.compareAndSet(slot(hash), hash, NONE);
    }

    private static int slot(int hash) {
        return hash >>> (Integer.SIZE - SLOT_BITS);
    }

    /** Spread, so that ids that follow each other do not share slots with those of other entities. */
    private static int hash(EntityPersister persister, Object identity, SharedSessionContractImplementor session) {
        int hash = persister.getRootEntityName().hashCode();
        hash = PRIME * hash + Objects.hashCode(session.getTenantIdentifierValue());
        hash = (PRIME * hash + identity.hashCode()) * GOLDEN_RATIO;
        return hash == NONE ? 1 : hash;
    }
}

package dev.writeguard.spring.jpa;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Which parents were there when they were ensured: next time, one alone is looked for first, since an INSERT would be tried
 * in vain. A guess, shared by all transactions: for a row that is gone meanwhile, or whose hash another one has, it costs a
 * round trip more. Holds hashes, as many as there are slots.
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

    /**
     * Remembers a parent that is there. Not one that has another key by now than the one it came with, from a callback or a
     * template: what is looked for first is what it comes with.
     */
    void add(ParentNeed.Create need, SharedSessionContractImplementor session) {
        if (need.identity().equals(identity(need.persister(), need.instance(), session))) {
            int hash = hash(need.persister(), need.identity(), session);
            hashes.setOpaque(slot(hash), hash);
        }
    }

    private static @Nullable Object identity(
            EntityPersister persister, Object instance, SharedSessionContractImplementor session) {
        return AssignedIds.of(persister)
                ? persister.getIdentifier(instance, session)
                : NaturalKey.of(persister, instance);
    }

    /** Forgets a parent that is not there. */
    void remove(ParentNeed.Create need, SharedSessionContractImplementor session) {
        remove(need.persister(), need.identity(), session);
    }

    /** The same by its id, or its natural id where ids are generated. */
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

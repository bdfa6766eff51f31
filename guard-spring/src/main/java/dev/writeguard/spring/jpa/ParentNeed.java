package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/** What has to be done so that the parent of one child is there. */
sealed interface ParentNeed {

    /** It is there, or comes first anyway, or there is none. */
    record Nothing() implements ParentNeed {}

    /** The code's own parent, with an id that nobody else can have. */
    record Persist(Object instance) implements ParentNeed {}

    /**
     * The row of that id has to be locked.
     *
     * @param referrer that refers to it
     * @param values an instance with what must match; null if nothing but the id is known
     * @param found what then happens to the child
     * @param absent what is needed if there is no such row; throws one of Guard's exceptions if that cannot be helped
     */
    record Lock(Referrer referrer, EntityKey key, @Nullable Object values, Runnable found, Supplier<Create> absent)
            implements ParentNeed {

        EntityPersister persister() {
            return key.getPersister();
        }
    }

    /** The row may have to be ensured, which takes writing others first: so it is looked for before. */
    record Find(Create create) implements ParentNeed {}

    /**
     * A row with the values of an instance has to be ensured.
     *
     * @param identity equal for two instances of one row: the id, or the natural id where ids are generated
     * @param blank whether nothing but its id is known
     * @param proxy that stands for the instance, to be initialised with it
     */
    record Create(
            Referrer referrer,
            Object instance,
            EntityPersister persister,
            Object identity,
            boolean blank,
            @Nullable LazyInitializer proxy)
            implements ParentNeed {

        /** The more, the better it stands for others of the same row. */
        int knowledge() {
            return (blank ? 0 : 2) + (referrer.hasTemplate() ? 1 : 0);
        }
    }
}

package dev.writeguard.spring.shelves;

import jakarta.persistence.EntityManager;
import java.util.Objects;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** How a child carries its parent. */
enum Carrier {
    NULL {
        @Override
        @Nullable
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            return null;
        }
    },
    KEY_ONLY {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            return ids.shelf();
        }
    },
    VALUES {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            return ids.shelf("given");
        }
    },
    REFERENCE {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            return entities.getReference(ids.type(), stored.id());
        }
    },
    MANAGED {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            Shelf found = entities.find(ids.type(), stored.id());
            if (found != null) {
                return found;
            }
            Shelf persisted = ids.shelf("given");
            entities.persist(persisted);
            return persisted;
        }
    },

    /** With the key of one that is managed. */
    SECOND_INSTANCE {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            if (ids.key() == ShelfIds.Key.NONE) {
                return SECOND_BY_ID.shelf(ids, stored, entities);
            }
            MANAGED.shelf(ids, stored, entities);
            return ids.shelf("second");
        }
    },

    /** With the id of one that is managed, where that is not what it is found by. */
    SECOND_BY_ID {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            Shelf first = Objects.requireNonNull(MANAGED.shelf(ids, stored, entities));
            return withId(first.id(), ids.shelf("second"), entities);
        }
    },

    /** Of this context where it is there; where it is gone, of an earlier one. */
    DETACHED {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            Shelf found = entities.find(ids.type(), stored.id());
            if (found == null) {
                return stored.read();
            }
            entities.detach(found);
            return found;
        }
    },
    REMOVED {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            Shelf found = entities.find(ids.type(), stored.id());
            entities.remove(found);
            return found;
        }
    },
    SECOND_OF_REMOVED {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            Shelf removed = Objects.requireNonNull(REMOVED.shelf(ids, stored, entities));
            Shelf second = ids.shelf("second");
            return ids.key() == ShelfIds.Key.NONE ? withId(removed.id(), second, entities) : second;
        }
    },
    REMOVED_REFERENCE {
        @Override
        Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities) {
            Shelf reference = entities.getReference(ids.type(), stored.id());
            entities.remove(reference);
            return reference;
        }
    };

    abstract @Nullable Shelf shelf(ShelfIds ids, Stored stored, EntityManager entities);

    private static Shelf withId(@Nullable Object id, Shelf shelf, EntityManager entities) {
        SharedSessionContractImplementor session = entities.unwrap(SharedSessionContractImplementor.class);
        session.getEntityPersister(null, shelf).setIdentifier(shelf, Objects.requireNonNull(id), session);
        return shelf;
    }

    boolean isRemoved() {
        return this == REMOVED || this == SECOND_OF_REMOVED || this == REMOVED_REFERENCE;
    }

    /** Of a managed one. */
    boolean isSecond() {
        return this == SECOND_INSTANCE || this == SECOND_BY_ID;
    }

    /** Whether it needs the context in which the child is written. */
    boolean isOfContext() {
        return this == MANAGED || isSecond() || isRemoved();
    }

    /** Whether it is new, and knows no id that a generator has given. */
    boolean isNew() {
        return this == KEY_ONLY || this == VALUES;
    }
}

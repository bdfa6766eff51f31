package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Finds out what the rows of an entity are about to refer to by one association, when and where they are written. */
sealed interface ChildDoor permits ToOneDoor, CollectionDoor {

    static ChildDoor of(EnsuredAssociation association, ParentDoor parents) {
        if (association instanceof EnsuredToOne toOne) {
            return new ToOneDoor(parents, toOne);
        }
        return association instanceof EnsuredElements
                ? new ElementsDoor(parents, association)
                : new OwnerDoor(parents, association);
    }

    EnsuredAssociation association();

    /** To what it refers. */
    ParentDoor parents();

    /** Whether an instance refers to something when it is saved. */
    boolean refers(Object instance);

    /** Gathers what instances refer to that are not managed yet. */
    void gather(List<?> instances, GatheredParents gathered, EventSource session);

    /** Gathers what a managed instance has come to refer to since it was read or flushed. */
    void gatherChanges(Object instance, EntityEntry entry, GatheredParents gathered, EventSource session);

    /** Gathers what a row refers to that a stateless session is about to write; where it has to, the state is changed. */
    void gatherRow(
            Object instance,
            EntityPersister persister,
            @Nullable Object[] state,
            RowWrite write,
            GatheredParents gathered);
}

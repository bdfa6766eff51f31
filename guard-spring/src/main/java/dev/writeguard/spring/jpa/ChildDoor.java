package dev.writeguard.spring.jpa;

import java.util.List;
import java.util.stream.Stream;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.StatelessSessionImplementor;
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

    /** Ensures them. */
    ParentDoor parents();

    /** What an instance refers to when it is saved. */
    Stream<EnsuredInCall> references(Object instance);

    /**
     * Ensures what instances refer to that are not managed yet.
     *
     * @return where they refer to another instance than before
     */
    List<Replacement> ensure(List<?> instances, EventSource session);

    /** Ensures what a managed instance has come to refer to since it was read or flushed. */
    void ensureChanges(Object instance, EntityEntry entry, EventSource session);

    /** Ensures what a row refers to that a stateless session is about to write; where it has to, it changes the state. */
    void ensure(
            Object instance,
            EntityPersister persister,
            @Nullable Object[] state,
            RowWrite write,
            StatelessSessionImplementor session);
}

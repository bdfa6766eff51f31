package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The entity that has a collection, to which the rows refer that the collection writes. */
record OwnerDoor(ParentDoor parents, EnsuredAssociation association) implements CollectionDoor {

    /** As long as it is not managed nothing is written for its collection. */
    @Override
    public boolean refers(Object instance) {
        return false;
    }

    @Override
    public void gather(List<?> instances, GatheredParents gathered, EventSource session) {}

    @Override
    public void gatherChanges(Object instance, EntityEntry entry, GatheredParents gathered, EventSource session) {
        if (!new OwnedCollection(association.path(), instance).written().isEmpty()) {
            gathered.add(parents, List.of(instance), session);
        }
    }

    /** Its own row is written first, and so held. */
    @Override
    public void gatherRow(
            Object instance,
            EntityPersister persister,
            @Nullable Object[] state,
            RowWrite write,
            GatheredParents gathered) {}
}

package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The elements of a collection, to which the rows of its join table refer. */
record ElementsDoor(ParentDoor parents, EnsuredAssociation association) implements CollectionDoor {

    private OwnedCollection collection(Object instance) {
        return new OwnedCollection(association.path(), instance);
    }

    @Override
    public boolean refers(Object instance) {
        return !collection(instance).all().isEmpty();
    }

    @Override
    public void gather(List<?> instances, GatheredParents gathered, EventSource session) {
        List<CollectionElement> elements = instances.stream()
                .flatMap(instance -> collection(instance).all().stream())
                .toList();
        gathered.add(parents, elements, session);
    }

    @Override
    public void gatherChanges(Object instance, EntityEntry entry, GatheredParents gathered, EventSource session) {
        gathered.add(parents, collection(instance).written(), session);
    }

    /** The rows of the join table are written with what the collection holds, which is given the stored id at most. */
    @Override
    public void gatherRow(
            Object instance,
            EntityPersister persister,
            @Nullable Object[] state,
            RowWrite write,
            GatheredParents gathered) {
        collection(instance)
                .all()
                .forEach(element ->
                        gathered.add(parents, () -> parents.referrer(element, element.value(), parent -> {})));
    }
}

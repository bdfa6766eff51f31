package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The one parent that an association refers to. */
record ToOneDoor(ParentDoor parents, EnsuredToOne association) implements ChildDoor {

    @Override
    public boolean refers(Object instance) {
        return association.get(instance) != null;
    }

    @Override
    public void gather(List<?> instances, GatheredParents gathered, EventSource session) {
        gathered.add(parents, instances, session);
    }

    @Override
    public void gatherChanges(Object instance, EntityEntry entry, GatheredParents gathered, EventSource session) {
        if (changed(instance, entry)) {
            gathered.add(parents, List.of(instance), session);
        }
    }

    /** A flush writes it by an UPDATE, or not at all. */
    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    private boolean changed(Object instance, EntityEntry entry) {
        if (!association.updatable()) {
            return false;
        }
        Object[] loaded = entry.getLoadedState();
        return loaded == null || association.get(loaded) != association.get(instance);
    }

    /** Whether a row is about to refer to something that nobody has asked for. */
    boolean refersToUnknown(@Nullable Object[] state, @Nullable Object @Nullable [] before, EventSource session) {
        Object carried = changed(state, before);
        return carried != null && parents.parent().isUnknown(carried, session);
    }

    /** Whether a row that is there is about to refer to an instance that is not of the context. */
    boolean refersToUnmanaged(@Nullable Object[] state, @Nullable Object @Nullable [] before, EventSource session) {
        Object carried = changed(state, before);
        return carried != null && parents.parent().isUnmanaged(carried, session);
    }

    /** What a row is about to refer to, if it did not before. */
    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    private @Nullable Object changed(@Nullable Object[] state, @Nullable Object @Nullable [] before) {
        Object carried = association.partOfId() ? null : association.get(state);
        boolean unchanged = before != null && (!association.updatable() || association.get(before) == carried);
        return unchanged || carried == LazyPropertyInitializer.UNFETCHED_PROPERTY ? null : carried;
    }

    /** What the row of a managed instance refers to; the instance then refers to the same. */
    void gatherManagedRow(
            Object instance, EntityPersister persister, @Nullable Object[] state, GatheredParents gathered) {
        Object carried = association.get(state);
        if (carried != null) {
            gathered.add(
                    parents,
                    () -> parents.referrer(instance, carried, parent -> {
                        association.path().set(state, parent, persister);
                        association.set(instance, parent);
                    }));
        }
    }

    /** A part of the id has been read already, and has the same key. */
    @Override
    @SuppressWarnings("ReferenceEquality") // of the one object that stands for what was not fetched
    public void gatherRow(
            Object instance,
            EntityPersister persister,
            @Nullable Object[] state,
            RowWrite write,
            GatheredParents gathered) {
        Object carried = association.partOfId() ? association.get(instance) : association.get(state);
        boolean written = write != RowWrite.UPDATE || association.updatable();
        if (carried != null && carried != LazyPropertyInitializer.UNFETCHED_PROPERTY && written) {
            gathered.add(
                    parents,
                    () -> parents.referrer(instance, carried, parent -> {
                        if (!association.partOfId()) {
                            association.path().set(state, parent, persister);
                        }
                    }));
        }
    }
}

package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.event.spi.EventSource;
import org.hibernate.proxy.LazyInitializer;

/**
 * Parents in a session that manages instances: a new one is managed afterwards.
 *
 * @param templates that fill new ones
 */
record ManagedParents(ParentDoor door, Templates templates, EventSource session) implements SessionParents {

    @Override
    public void persist(Object instance) {
        door.door().held().addWritten(session);
        session.persist(instance);
    }

    @Override
    public List<Object> ensure(List<ParentNeed.Create> needs) {
        return new NewParents(door, session, templates).ensure(needs);
    }

    @Override
    public Object reference(Object id) {
        return door.reference(id, session);
    }

    @Override
    public void refer(Object child, Object parent) {
        door.association().set(child, parent);
    }

    @Override
    public void initialise(LazyInitializer reference, Object parent) {
        if (reference.isUninitialized()
                && session.getPersistenceContextInternal().isEntryFor(parent)) {
            reference.setImplementation(parent);
        }
    }
}

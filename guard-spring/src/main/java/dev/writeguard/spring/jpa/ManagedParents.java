package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.event.spi.EventSource;
import org.hibernate.proxy.LazyInitializer;

/** Parents in a session that manages instances: a new one is managed afterwards. */
record ManagedParents(RuledParent parent, EventSource session) implements SessionParents {

    @Override
    public void persist(Object instance) {
        parent.door().held().addWritten(session, 1);
        session.persist(instance);
    }

    @Override
    public List<Object> ensure(List<ParentNeed.Create> needs) {
        return new NewParents(parent, session).ensure(needs);
    }

    @Override
    public Object reference(Object id) {
        return parent.reference(id, session);
    }

    /**
     * Hibernate itself sends what it has queued in its own order. An UPDATE of the parent's that waits in the batch would
     * come after the touch, with what was there before.
     */
    @Override
    public void sendEarlier() {
        if (parent.rules().parent().touch().isPresent()) {
            session.getJdbcCoordinator().executeBatch();
        }
    }

    @Override
    public void initialise(LazyInitializer reference, Object instance) {
        if (reference.isUninitialized()
                && session.getPersistenceContextInternal().isEntryFor(instance)) {
            reference.setImplementation(instance);
        }
    }
}

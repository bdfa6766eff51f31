package dev.writeguard.spring.jpa;

import java.util.HashSet;
import java.util.Set;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;

/**
 * References that nothing is left to do for in each session's transaction. One write may be looked at several times, by a
 * merge, by each query, and by the flush.
 */
final class RememberedWrites {

    private final TransactionMemory<Set<Write>> writes = new TransactionMemory<>(HashSet::new);

    /**
     * @param child its key, or itself as long as it has none
     * @param parent likewise
     */
    private record Write(SameInstance association, Object child, Object parent) {}

    boolean contains(EnsuredReference association, Object child, Object parent, EventSource session) {
        Set<Write> known = writes.of(session);
        return known != null && known.contains(write(association, child, parent, session));
    }

    void add(EnsuredReference association, Object child, Object parent, EventSource session) {
        Set<Write> known = writes.toAddTo(session);
        if (known != null) {
            known.add(write(association, child, parent, session));
        }
    }

    void clear(EventSource session) {
        writes.forget(session);
    }

    private static Write write(EnsuredReference association, Object child, Object parent, EventSource session) {
        return new Write(new SameInstance(association), identity(child, session), identity(parent, session));
    }

    /** Hibernate's key, which does not call the equality of an id's class. */
    private static Object identity(Object instance, EventSource session) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(instance);
        if (proxy != null && proxy.isUninitialized()) {
            EntityPersister persister =
                    session.getFactory().getMappingMetamodel().getEntityDescriptor(proxy.getEntityName());
            return session.generateEntityKey(proxy.getInternalIdentifier(), persister);
        }
        Object known = proxy == null ? instance : proxy.getImplementation();
        EntityEntry entry = session.getPersistenceContextInternal().getEntry(known);
        if (entry != null) {
            return entry.getEntityKey();
        }
        EntityPersister persister = session.getEntityPersister(null, known);
        Object id = persister.getIdentifier(known, session);
        return id == null ? new SameInstance(known) : session.generateEntityKey(id, persister);
    }
}

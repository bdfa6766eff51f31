package dev.writeguard.spring.jpa;

import java.util.HashSet;
import java.util.Set;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/**
 * The writes that were passed on unguarded in each session's transaction. One write may be looked at several times, by a
 * merge, by each query, and by the flush; it counts once.
 */
final class ObservedWrites {

    private final TransactionMemory<Set<Write>> writes = new TransactionMemory<>(HashSet::new);

    /**
     * @param child its key, or itself as long as it has none
     * @param parent likewise
     */
    private record Write(Object child, Object parent) {}

    /** Of an instance that is new, only that it is the same one can be known. */
    private record Instance(Object instance) {

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Instance same && same.instance == instance;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(instance);
        }
    }

    boolean contains(Object child, Object parent, EventSource session) {
        Set<Write> known = writes.of(session);
        return known != null && known.contains(write(child, parent, session));
    }

    void add(Object child, Object parent, EventSource session) {
        Set<Write> known = writes.toAddTo(session);
        if (known != null) {
            known.add(write(child, parent, session));
        }
    }

    private static Write write(Object child, Object parent, EventSource session) {
        return new Write(identity(child, session), identity(parent, session));
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
        return id == null ? new Instance(known) : session.generateEntityKey(id, persister);
    }
}

package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.PersistContext;
import org.hibernate.event.spi.PersistEvent;
import org.hibernate.event.spi.PersistEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;

/** Before a new instance is persisted: by the application, by a cascade, or as part of a collection at flush. */
final class PersistListener implements PersistEventListener {

    private final Supplier<EntityDoor> door;

    PersistListener(Supplier<EntityDoor> door) {
        this.door = door;
    }

    @Override
    public void onPersist(PersistEvent event) {
        EntityDoor guarding = door.get();
        if (guarding.idle() && !Attempt.running()) {
            return;
        }
        Object instance = event.getObject();
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(instance);
        if (proxy == null || !proxy.isUninitialized()) {
            Object child = proxy == null ? instance : proxy.getImplementation();
            EventSource session = event.getSession();
            EntityEntry entry = session.getPersistenceContextInternal().getEntry(child);
            if (entry == null || entry.getStatus() == Status.DELETED) {
                EntityPersister persister = session.getEntityPersister(event.getEntityName(), child);
                Attempt.remember(child, persister, session);
                guarding.beforeWrite(child, persister, session);
            } else {
                // What else it refers to was looked at when it came, and is looked at again when it is flushed.
                guarding.beforeCascade(child, entry, session);
            }
        }
    }

    @Override
    public void onPersist(PersistEvent event, PersistContext already) {
        onPersist(event);
    }

    /** To be heard after Hibernate's own listener, which has called the callbacks of a new instance. */
    PersistEventListener afterwards() {
        return new PersistEventListener() {
            @Override
            public void onPersist(PersistEvent event) {
                door.get().afterCallbacks(event.getObject(), event.getSession());
            }

            @Override
            public void onPersist(PersistEvent event, PersistContext already) {
                onPersist(event);
            }
        };
    }
}

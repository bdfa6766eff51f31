package dev.writeguard.spring.jpa;

import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.event.spi.ClearEvent;
import org.hibernate.event.spi.ClearEventListener;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.EvictEvent;
import org.hibernate.event.spi.EvictEventListener;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;

/** When instances leave a context. As long as nothing was written, there is no door, and nothing to forget. */
final class ForgottenListener implements ClearEventListener, EvictEventListener {

    private final LateDoor door;

    ForgottenListener(LateDoor door) {
        this.door = door;
    }

    @Override
    public void onClear(ClearEvent event) {
        door.known().ifPresent(known -> known.forgottenAll(event.getSession()));
    }

    @Override
    public void onEvict(EvictEvent event) {
        door.known().ifPresent(known -> forget(event.getObject(), event.getSession(), known));
    }

    private static void forget(Object instance, EventSource session, EntityDoor door) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(instance);
        if (proxy == null) {
            EntityEntry entry = session.getPersistenceContextInternal().getEntry(instance);
            if (entry != null) {
                door.forgotten(entry.getEntityKey(), session);
            }
        } else if (proxy.getInternalIdentifier() != null) {
            EntityKey key = session.generateEntityKey(
                    proxy.getInternalIdentifier(),
                    session.getFactory().getMappingMetamodel().getEntityDescriptor(proxy.getEntityName()));
            door.forgotten(key, session);
        }
    }
}

package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.FlushMode;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.spi.AutoFlushEvent;
import org.hibernate.event.spi.AutoFlushEventListener;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.FlushEvent;
import org.hibernate.event.spi.FlushEventListener;
import org.hibernate.event.spi.PreFlushEvent;
import org.hibernate.event.spi.PreFlushEventListener;

/** Before a flush: a managed instance may have come to refer to another parent, of which no other event tells. */
final class FlushListener implements FlushEventListener, AutoFlushEventListener, PreFlushEventListener {

    private final Supplier<EntityDoor> door;

    FlushListener(Supplier<EntityDoor> door) {
        this.door = door;
    }

    @Override
    public void onFlush(FlushEvent event) {
        look(event.getSession());
    }

    @Override
    public void onAutoFlush(AutoFlushEvent event) {
        lookIfFlushed(event.getSession());
    }

    @Override
    public void onAutoPreFlush(PreFlushEvent event) {
        lookIfFlushed(event.getSession());
    }

    /** Before a query, Hibernate flushes in some modes only. */
    private void lookIfFlushed(EventSource session) {
        if (!session.getHibernateFlushMode().lessThan(FlushMode.AUTO)) {
            look(session);
        }
    }

    private void look(EventSource session) {
        EntityDoor guarding = door.get();
        if (guarding.idle()) {
            return;
        }
        List<Map.Entry<Object, EntityEntry>> managed = new ArrayList<>();
        for (Map.Entry<Object, EntityEntry> candidate :
                session.getPersistenceContextInternal().reentrantSafeEntityEntries()) {
            if (candidate.getValue().getStatus() == Status.MANAGED
                    && guarding.guards(candidate.getValue().getPersister().getEntityName())) {
                managed.add(candidate);
            }
        }
        guarding.beforeFlush(managed, session);
    }
}

package dev.writeguard.spring.jpa;

import java.util.function.Function;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerGroup;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.integrator.spi.Integrator;

/** Puts the door before Hibernate's own listeners. */
final class GuardIntegrator implements Integrator {

    private final GuardMutationExecutors executors;
    private final Function<SessionFactoryImplementor, EntityDoor> doors;

    GuardIntegrator(GuardMutationExecutors executors, Function<SessionFactoryImplementor, EntityDoor> doors) {
        this.executors = executors;
        this.doors = doors;
    }

    @Override
    public void integrate(Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
        var door = new LateDoor(() -> doors.apply(factory));
        executors.opens(door);
        EventListenerRegistry registry = factory.getEventListenerRegistry();
        var persists = new PersistListener(door);
        registry.prependListeners(EventType.PERSIST, persists);
        registry.prependListeners(EventType.PERSIST_ONFLUSH, persists);
        registry.appendListeners(EventType.PERSIST, persists.afterwards());
        registry.appendListeners(EventType.PERSIST_ONFLUSH, persists.afterwards());
        EventListenerGroup<MergeEventListener> merges = registry.getEventListenerGroup(EventType.MERGE);
        var merge = new MergeListener(door);
        merges.prependListener(merge);
        merges.appendListener(merge.afterwards());
        var flushes = new FlushListener(door);
        registry.prependListeners(EventType.FLUSH, flushes);
        registry.prependListeners(EventType.AUTO_FLUSH, flushes);
        registry.prependListeners(EventType.PRE_FLUSH, flushes);
        var rows = new RowListener(door);
        registry.appendListeners(EventType.PRE_INSERT, rows);
        registry.appendListeners(EventType.PRE_UPDATE, rows);
        registry.appendListeners(EventType.PRE_UPSERT, rows);
        var forgotten = new ForgottenListener(door);
        registry.prependListeners(EventType.CLEAR, forgotten);
        registry.prependListeners(EventType.EVICT, forgotten);
        registry.appendListeners(EventType.POST_INSERT, new InsertedListener(door));
        registry.appendListeners(EventType.POST_DELETE, new DeletedListener(door));
    }
}

package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.event.spi.AbstractPreDatabaseOperationEvent;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Before a row is written. In a session with a context the other listeners have done all there is to do, but for what a
 * callback or an interceptor has set since.
 */
final class RowListener implements PreInsertEventListener, PreUpdateEventListener, PreUpsertEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<EntityDoor> door;

    RowListener(Supplier<EntityDoor> door) {
        this.door = door;
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        return look(event, event.getState(), null, RowWrite.INSERT);
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        look(event, event.getState(), event.getOldState(), RowWrite.UPDATE);
        return update(event, event.getState());
    }

    @Override
    public boolean onPreUpsert(PreUpsertEvent event) {
        look(event, event.getState(), null, RowWrite.UPSERT);
        return update(event, event.getState());
    }

    /** What the row itself refers to is ensured by then: that may have touched it. */
    private boolean update(AbstractPreDatabaseOperationEvent event, @Nullable Object[] state) {
        door.get().beforeUpdate(event.getEntity(), event.getPersister(), state, event.getSession());
        return false;
    }

    /** Never a veto: that would pass for a success. */
    private boolean look(
            AbstractPreDatabaseOperationEvent event,
            @Nullable Object[] state,
            @Nullable Object @Nullable [] before,
            RowWrite write) {
        EntityPersister persister = event.getPersister();
        EntityDoor guarding = door.get();
        if (guarding.guards(persister.getEntityName())) {
            if (event.getSession() instanceof StatelessSessionImplementor session) {
                guarding.beforeStatelessWrite(event.getEntity(), persister, state, write, session);
            } else if (event.getSession() instanceof EventSource session) {
                guarding.beforeRow(event.getEntity(), persister, state, before, session);
            }
        }
        return false;
    }
}

package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.event.spi.AbstractPreDatabaseOperationEvent;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Before a stateless session writes a row. In a session with a context the other listeners have done all there is to do.
 */
final class StatelessListener implements PreInsertEventListener, PreUpdateEventListener, PreUpsertEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<EntityDoor> door;

    StatelessListener(Supplier<EntityDoor> door) {
        this.door = door;
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        return look(event, event.getState(), RowWrite.INSERT);
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        return look(event, event.getState(), RowWrite.UPDATE);
    }

    @Override
    public boolean onPreUpsert(PreUpsertEvent event) {
        return look(event, event.getState(), RowWrite.UPSERT);
    }

    /** Never a veto: that would pass for a success. */
    private boolean look(AbstractPreDatabaseOperationEvent event, @Nullable Object[] state, RowWrite write) {
        if (event.getSession() instanceof StatelessSessionImplementor session
                && door.get().guards(event.getPersister().getEntityName())) {
            door.get().beforeStatelessWrite(event.getEntity(), event.getPersister(), state, write, session);
        }
        return false;
    }
}

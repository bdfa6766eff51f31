package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.persister.entity.EntityPersister;

/** After the INSERT of what may be a parent. */
final class InsertedListener implements PostInsertEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<EntityDoor> door;

    InsertedListener(Supplier<EntityDoor> door) {
        this.door = door;
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        door.get().inserted(event.getPersister(), event.getId(), event.getSession());
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}

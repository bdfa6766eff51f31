package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.persister.entity.EntityPersister;

/** After the DELETE of what may be a parent. */
final class DeletedListener implements PostDeleteEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<EntityDoor> door;

    DeletedListener(Supplier<EntityDoor> door) {
        this.door = door;
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        door.get().deleted(event.getPersister(), event.getId(), event.getSession());
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}

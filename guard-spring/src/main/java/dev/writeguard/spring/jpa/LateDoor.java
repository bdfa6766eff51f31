package dev.writeguard.spring.jpa;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A door that is built when the first row is written: its rules are checked against a database that is migrated by then.
 * Two threads may build one each, without a lock, since building asks for beans; both then use the same.
 */
final class LateDoor implements Supplier<EntityDoor> {

    private final Supplier<EntityDoor> build;
    private final AtomicReference<@Nullable EntityDoor> door = new AtomicReference<>();

    LateDoor(Supplier<EntityDoor> build) {
        this.build = build;
    }

    /** Empty as long as nobody has needed it. */
    Optional<EntityDoor> known() {
        return Optional.ofNullable(door.get());
    }

    @Override
    public EntityDoor get() {
        EntityDoor known = door.get();
        if (known != null) {
            return known;
        }
        EntityDoor built = build.get();
        EntityDoor first = door.compareAndExchange(null, built);
        return first == null ? built : first;
    }
}

package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A door that is built when the first row is written: its rules are checked against a database that is migrated by then. */
final class LateDoor implements Supplier<EntityDoor> {

    private final Supplier<EntityDoor> build;
    private volatile @Nullable EntityDoor door;

    LateDoor(Supplier<EntityDoor> build) {
        this.build = build;
    }

    @Override
    public EntityDoor get() {
        EntityDoor known = door;
        if (known == null) {
            known = build.get();
            door = known;
        }
        return known;
    }
}

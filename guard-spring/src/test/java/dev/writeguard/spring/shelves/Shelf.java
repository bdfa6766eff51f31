package dev.writeguard.spring.shelves;

import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A parent, whatever its id is. */
@MappedSuperclass
abstract class Shelf {

    String title = "untitled";

    @Version
    @Nullable
    Integer version;

    abstract @Nullable Object id();
}

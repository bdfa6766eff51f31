package dev.writeguard.spring.declared;

import org.jspecify.annotations.Nullable;

/** A child of a {@link Room}, however it declares that. */
public interface Note {

    @Nullable
    Room room();

    void putInto(@Nullable Room room);
}

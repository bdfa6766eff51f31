package dev.writeguard.spring.jpa;

import org.jspecify.annotations.Nullable;

/** Equal for the same instance alone, whatever its own equals says. */
record SameInstance(Object instance) {

    @Override
    @SuppressWarnings("ReferenceEquality") // that is what it is for
    public boolean equals(@Nullable Object other) {
        return other instanceof SameInstance same && same.instance == instance;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(instance);
    }
}

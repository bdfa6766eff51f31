package dev.writeguard.spring.jpa;

import org.jspecify.annotations.Nullable;

/**
 * What a child was made to refer to before the repository's method that saves it. Neither is asked for again by the write
 * itself: a reference that has taken the place of the caller's instance would have no values to compare.
 */
record EnsuredInCall(EnsuredReference association, Object child, Object parent) {

    @Override
    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    public boolean equals(@Nullable Object other) {
        return other instanceof EnsuredInCall same
                && same.association == association
                && same.child == child
                && same.parent == parent;
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(child) + System.identityHashCode(parent);
    }
}

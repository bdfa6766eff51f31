package dev.writeguard.spring.jpa;

/**
 * A child that was made to refer to another instance of its parent.
 *
 * @param before what it referred to
 */
record Replacement(EnsuredReference association, Object child, Object before) {

    /** The entity that was changed. */
    Object entity() {
        return association.entity(child);
    }

    void undo() {
        association.restore(child, before);
    }
}

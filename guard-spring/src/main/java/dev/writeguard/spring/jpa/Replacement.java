package dev.writeguard.spring.jpa;

/**
 * A child that was made to refer to another instance of its parent.
 *
 * @param before what it referred to
 */
record Replacement(EnsuredAssociation association, Object child, Object before) {

    void undo() {
        association.set(child, before);
    }
}

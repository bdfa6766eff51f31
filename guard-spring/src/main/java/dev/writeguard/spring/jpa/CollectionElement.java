package dev.writeguard.spring.jpa;

/** One element of a collection, as the child of a parent: itself. For one thread. */
final class CollectionElement {

    private final OwnedCollection collection;
    private Object value;

    CollectionElement(OwnedCollection collection, Object value) {
        this.collection = collection;
        this.value = value;
    }

    /** The entity that has the collection. */
    Object owner() {
        return collection.owner();
    }

    Object value() {
        return value;
    }

    /** Puts another instance into its place. */
    void replace(Object other) {
        collection.replace(value, other);
        value = other;
    }

    /** Puts back the one that was there before. */
    void restore(Object before) {
        collection.restore(value, before);
        value = before;
    }
}

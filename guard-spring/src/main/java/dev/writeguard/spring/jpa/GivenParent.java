package dev.writeguard.spring.jpa;

/** A parent that was given, and what has become of it. For one thread. */
final class GivenParent {

    private Object instance;

    GivenParent(Object instance) {
        this.instance = instance;
    }

    Object instance() {
        return instance;
    }

    void becomes(Object other) {
        instance = other;
    }
}

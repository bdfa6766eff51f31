package dev.writeguard.spring.jpa;

import org.hibernate.engine.internal.ManagedTypeHelper;
import org.hibernate.engine.spi.SelfDirtinessTracker;

/** What an enhanced instance has noted of its own changes; one that is not enhanced notes nothing. */
final class DirtyAttributes {

    private final Object instance;
    private final String[] names;

    DirtyAttributes(Object instance) {
        this.instance = instance;
        this.names = ManagedTypeHelper.isSelfDirtinessTracker(instance)
                ? ManagedTypeHelper.asSelfDirtinessTracker(instance).$$_hibernate_getDirtyAttributes()
                : new String[0];
    }

    /** After a change that was no change of the application's has made it forget them. */
    void markAgain() {
        if (names.length > 0) {
            SelfDirtinessTracker tracker = ManagedTypeHelper.asSelfDirtinessTracker(instance);
            for (String name : names) {
                tracker.$$_hibernate_trackChange(name);
            }
        }
    }
}

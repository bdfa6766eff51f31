package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.List;

/**
 * The instances whose parents are being ensured by this thread, so that a circle of references ends: the second time an
 * instance is met on the way up, it is left for the flush.
 */
final class WritesInProgress {

    private static final ThreadLocal<List<Object>> INSTANCES = ThreadLocal.withInitial(ArrayList::new);

    private WritesInProgress() {}

    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    static boolean contains(Object instance) {
        for (Object each : INSTANCES.get()) {
            if (each == instance) {
                return true;
            }
        }
        return false;
    }

    /** Begins with those that are not in progress already, and returns them. */
    static List<?> begin(List<?> instances) {
        List<Object> begun = new ArrayList<>();
        for (Object instance : instances) {
            if (!contains(instance)) {
                begun.add(instance);
            }
        }
        INSTANCES.get().addAll(begun);
        return begun;
    }

    /** Of those that have begun last. */
    static void end(List<?> begun) {
        List<Object> instances = INSTANCES.get();
        instances.subList(instances.size() - begun.size(), instances.size()).clear();
        if (instances.isEmpty()) {
            INSTANCES.remove();
        }
    }
}

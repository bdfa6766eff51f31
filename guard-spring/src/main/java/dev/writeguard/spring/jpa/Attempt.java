package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * One run of a transaction that may be run again. What it sets on the application's own objects, such as ids and versions, is
 * set back before the next one: else a {@code save} of a new object would become a merge of one that was never stored.
 *
 * <p>For one thread.
 */
public final class Attempt {

    private static final ThreadLocal<@Nullable Attempt> CURRENT = new ThreadLocal<>();

    private final IdentityHashMap<Object, List<Runnable>> before = new IdentityHashMap<>();

    private Attempt() {}

    /** What is run. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run() throws Throwable;
    }

    /** Runs the work, and sets back what it has set if it fails. */
    public static <T extends @Nullable Object> T run(Work<T> work) throws Throwable {
        Attempt outer = CURRENT.get();
        var attempt = new Attempt();
        CURRENT.set(attempt);
        try {
            return work.run();
        } catch (Throwable failure) {
            attempt.restore();
            throw failure;
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** Whether anybody asks for that. */
    static boolean running() {
        return CURRENT.get() != null;
    }

    /** Remembers the id, the version and what else is given of an instance, when it is first met. */
    static void remember(Object instance, EntityPersister persister, EventSource session) {
        Attempt attempt = CURRENT.get();
        if (attempt == null || attempt.before.containsKey(instance)) {
            return;
        }
        List<Runnable> undo = new ArrayList<>();
        Object id = persister.getIdentifier(instance, session);
        undo.add(() -> persister.setIdentifier(instance, id, session));
        if (persister.isVersioned()) {
            int position = persister.getVersionPropertyIndex();
            Object version = persister.getValue(instance, position);
            undo.add(() -> persister.setValue(instance, position, version));
        }
        attempt.before.put(instance, undo);
    }

    /** Remembers that a child was made to refer to something else. */
    static void remember(Replacement replacement) {
        Attempt attempt = CURRENT.get();
        if (attempt != null) {
            attempt.before
                    .computeIfAbsent(replacement, first -> new ArrayList<>())
                    .add(replacement::undo);
        }
    }

    private void restore() {
        before.values().forEach(undo -> undo.forEach(Runnable::run));
    }
}

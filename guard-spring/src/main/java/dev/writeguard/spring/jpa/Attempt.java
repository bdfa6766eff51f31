package dev.writeguard.spring.jpa;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
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

    private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The last change first: what an instance held when it was met may be what had been put there before. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private boolean entered;
    private boolean inTransaction;

    private Attempt() {}

    /**
     * To be called where what is run begins, and by all that it calls: the first one is its own, and says whether it is one
     * transaction.
     */
    public static void entered(boolean inTransaction) {
        Attempt attempt = CURRENT.get();
        if (attempt != null && !attempt.entered) {
            attempt.entered = true;
            attempt.inTransaction = inTransaction;
        }
    }

    /** Whether all that this run has written was part of one transaction, which its failure has ended. */
    public static boolean wasInTransaction() {
        Attempt attempt = CURRENT.get();
        return attempt != null && attempt.inTransaction;
    }

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

    /**
     * Remembers what an instance holds when it is first met: its id and version, and its collections, which Hibernate wraps
     * and then takes for those of the row that was not stored.
     */
    static void remember(Object instance, EntityPersister persister, EventSource session) {
        Attempt attempt = CURRENT.get();
        if (attempt != null && attempt.met.add(instance)) {
            attempt.undo.push(InstanceState.of(instance, persister, session)::restore);
        }
    }

    /** Remembers that a child was made to refer to something else. */
    static void remember(Referrer replaced) {
        Attempt attempt = CURRENT.get();
        if (attempt != null) {
            attempt.undo.push(replaced::undo);
        }
    }

    private void restore() {
        undo.forEach(Runnable::run);
    }
}

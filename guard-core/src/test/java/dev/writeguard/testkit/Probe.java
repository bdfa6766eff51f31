package dev.writeguard.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Looks until something is so, and fails the test with a dump if it does not become so in time.
 *
 * <p>The pause between two looks spares the server; nothing is ever inferred from time having passed. The deadline, 20 s, can be
 * raised for debugging: {@code guard.test.deadline=300}, in seconds.
 */
final class Probe {

    static final Duration DEADLINE = Duration.ofSeconds(Long.getLong("guard.test.deadline", 20));

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private Probe() {}

    static void await(String what, Callable<Boolean> condition) {
        await(what, condition, () -> "");
    }

    static void await(String what, Callable<Boolean> condition, Supplier<String> dump) {
        await(what, DEADLINE, condition, dump);
    }

    static void await(String what, Duration deadline, Callable<Boolean> condition, Supplier<String> dump) {
        long start = System.nanoTime();
        while (!look(what, condition)) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new AssertionError("Not within " + deadline.toMillis() + " ms: " + what + "\n" + dump.get());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("Interrupted while waiting until " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean look(String what, Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("Cannot find out whether " + what, e);
        }
    }
}

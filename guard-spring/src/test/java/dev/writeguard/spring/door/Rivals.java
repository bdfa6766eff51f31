package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Two threads that work at the same time, round by round. */
public final class Rivals {

    private Rivals() {}

    /**
     * Runs the work of each round in both, once both are there.
     *
     * @return the first failure of each
     */
    public static List<Throwable> rounds(int times, IntFunction<Runnable> one, IntFunction<Runnable> two)
            throws Exception {
        var both = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<? extends @Nullable Throwable>> running = new ArrayList<>();
            for (IntFunction<Runnable> work : List.of(one, two)) {
                running.add(threads.submit(() -> firstFailure(times, work, both)));
            }
            List<Throwable> failures = new ArrayList<>();
            for (var each : running) {
                Throwable failure = each.get(90, TimeUnit.SECONDS);
                if (failure != null) {
                    failures.add(failure);
                }
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }

    private static @Nullable Throwable firstFailure(int times, IntFunction<Runnable> work, CyclicBarrier both)
            throws Exception {
        Throwable first = null;
        for (int i = 0; i < times; i++) {
            both.await(30, TimeUnit.SECONDS);
            Throwable failure = catchThrowable(work.apply(i)::run);
            first = first == null ? failure : first;
        }
        return first;
    }
}

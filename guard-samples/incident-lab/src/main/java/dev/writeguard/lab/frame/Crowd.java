package dev.writeguard.lab.frame;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that set off at a common start. */
public final class Crowd {

    private Crowd() {}

    /** Gives each write a thread of its own, starts all of them, and waits for the last. */
    public static List<Attempt> run(Start start, List<Runnable> writes) {
        Runnable line = start.line(writes.size());
        ExecutorService threads = Executors.newFixedThreadPool(writes.size());
        try {
            return threads
                    .invokeAll(writes.stream()
                            .<Callable<Attempt>>map(write -> () -> {
                                line.run();
                                return Attempt.of(write);
                            })
                            .toList())
                    .stream()
                    .map(Crowd::result)
                    .toList();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the workers ran", stop);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Attempt result(Future<Attempt> attempt) {
        try {
            return attempt.get();
        } catch (InterruptedException | ExecutionException broken) {
            throw new IllegalStateException("A worker broke down", broken);
        }
    }
}

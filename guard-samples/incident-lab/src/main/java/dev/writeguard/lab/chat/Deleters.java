package dev.writeguard.lab.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Threads that delete one conversation again and again, until they are stopped. */
final class Deleters {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService threads;
    private final List<Future<Deleted>> deleted = new ArrayList<>();

    /** How often the conversation was deleted, and how many messages went with it. */
    record Deleted(int times, int messages) {

        private Deleted and(Deleted more) {
            return new Deleted(times + more.times, messages + more.messages);
        }
    }

    /**
     * @param number how many; none is allowed
     * @param delete deletes the conversation and says how many messages went with it, if it was there
     */
    Deleters(int number, Supplier<OptionalInt> delete) {
        threads = Executors.newCachedThreadPool();
        for (int i = 0; i < number; i++) {
            deleted.add(threads.submit(() -> deleteUntilStopped(delete)));
        }
    }

    /** Stops them, and says what they have deleted. */
    Deleted stop() {
        stopped.set(true);
        threads.shutdown();
        return deleted.stream().map(Deleters::result).reduce(new Deleted(0, 0), Deleted::and);
    }

    private Deleted deleteUntilStopped(Supplier<OptionalInt> delete) {
        Deleted total = new Deleted(0, 0);
        while (!stopped.get()) {
            OptionalInt messages = delete.get();
            if (messages.isPresent()) {
                total = total.and(new Deleted(1, messages.getAsInt()));
            }
        }
        return total;
    }

    private static Deleted result(Future<Deleted> deleted) {
        try {
            return deleted.get();
        } catch (InterruptedException | ExecutionException broken) {
            throw new IllegalStateException("A deleter broke down", broken);
        }
    }
}

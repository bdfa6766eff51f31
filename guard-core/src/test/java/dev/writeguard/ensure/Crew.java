package dev.writeguard.ensure;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions at work at the same time: writers, half of them with autocommit, who share a number of transactions, and others,
 * who are in their way as long as a writer is at work.
 */
final class Crew {

    private final Database database;
    private final Isolation isolation;
    private final long seed = new Random().nextLong();
    private final AtomicInteger left;
    private final AtomicInteger writersAtWork = new AtomicInteger();
    private final List<Callable<Void>> members = new ArrayList<>();

    /** One transaction, or one statement with autocommit. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection, Random random) throws SQLException;
    }

    Crew(Database database, Isolation isolation, int transactions) {
        this.database = database;
        this.isolation = isolation;
        this.left = new AtomicInteger(transactions);
    }

    long seed() {
        return seed;
    }

    Crew writers(int count, Work work) throws SQLException {
        for (int i = 0; i < count; i++) {
            Connection connection = connect(i % 2 == 0);
            Random random = new Random(seed + members.size());
            writersAtWork.incrementAndGet();
            members.add(() -> {
                try {
                    while (left.getAndDecrement() > 0) {
                        work.on(connection, random);
                    }
                } finally {
                    writersAtWork.decrementAndGet();
                }
                return null;
            });
        }
        return this;
    }

    Crew others(int count, boolean autocommit, Work work) throws SQLException {
        for (int i = 0; i < count; i++) {
            Connection connection = connect(autocommit);
            Random random = new Random(seed + members.size());
            members.add(() -> {
                while (writersAtWork.get() > 0) {
                    work.on(connection, random);
                }
                return null;
            });
        }
        return this;
    }

    /** Returns when all are done; throws what one of them threw. */
    void run() throws Exception {
        CyclicBarrier start = new CyclicBarrier(members.size());
        ExecutorService threads = Executors.newFixedThreadPool(members.size());
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (Callable<Void> member : members) {
                running.add(threads.submit(() -> {
                    start.await();
                    return member.call();
                }));
            }
            for (Future<Void> future : running) {
                future.get(30, TimeUnit.MINUTES);
            }
        } finally {
            left.set(0);
            threads.shutdownNow();
        }
    }

    private Connection connect(boolean autocommit) throws SQLException {
        Connection connection = database.connect();
        isolation.applyTo(connection);
        connection.setAutoCommit(autocommit);
        return connection;
    }
}

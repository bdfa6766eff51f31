package dev.writeguard.ensure;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writers and deleters on a few hot conversations. Deleters follow the checked delete: lock FOR UPDATE, then delete the
 * messages and the conversation. Writers use the protocol under test.
 */
final class Storm {

    private static final int WRITERS = 8;
    private static final int DELETERS = 3;

    /** Above READ COMMITTED a transaction may lose to its neighbours many times in a row. */
    private static final int MOST_ATTEMPTS = 1_000;

    private final Database database;
    private final Isolation isolation;
    private final StormWriter writer;
    private final List<UUID> conversations;
    private final int messagesPerTransaction;
    private final long seed;
    private final StormResult result;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CyclicBarrier start = new CyclicBarrier(WRITERS + DELETERS);

    Storm(
            Database database,
            Isolation isolation,
            StormWriter writer,
            int conversations,
            int messagesPerTransaction,
            StormResult result) {
        this.database = database;
        this.isolation = isolation;
        this.writer = writer;
        this.seed = new Random().nextLong();
        Random random = new Random(seed);
        this.conversations =
                random.longs(2L * conversations).boxed().collect(ArrayList<Long>::new, List::add, List::addAll).stream()
                        .limit(conversations)
                        .map(bits -> new UUID(bits, ~bits))
                        .toList();
        this.messagesPerTransaction = messagesPerTransaction;
        this.result = result;
    }

    long seed() {
        return seed;
    }

    /** Runs that many writing transactions, shared among the writers. */
    StormResult run(int transactions) throws Exception {
        AtomicInteger left = new AtomicInteger(transactions);
        AtomicInteger writersRunning = new AtomicInteger(WRITERS);
        ExecutorService workers = Executors.newFixedThreadPool(WRITERS + DELETERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed + i);
                running.add(workers.submit(worker(connection -> {
                    while (left.getAndDecrement() > 0) {
                        write(connection, random);
                    }
                    if (writersRunning.decrementAndGet() == 0) {
                        over.set(true);
                    }
                })));
            }
            for (int i = 0; i < DELETERS; i++) {
                Random random = new Random(seed - 1 - i);
                running.add(workers.submit(worker(connection -> {
                    while (!over.get()) {
                        delete(connection, conversations.get(random.nextInt(conversations.size())));
                    }
                })));
            }
            for (Future<?> future : running) {
                future.get(30, TimeUnit.MINUTES);
            }
            return result;
        } finally {
            over.set(true);
            workers.shutdownNow();
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private Callable<Void> worker(Work work) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        isolation.applyTo(connection);
        return () -> {
            start.await();
            work.on(connection);
            return null;
        };
    }

    private void write(Connection connection, Random random) throws SQLException {
        List<UUID> parents = random.ints(messagesPerTransaction, 0, conversations.size())
                .mapToObj(conversations::get)
                .toList();
        List<UUID> messages = parents.stream()
                .map(parent -> new UUID(random.nextLong(), random.nextLong()))
                .toList();
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                writer.write(connection, parents, messages);
                connection.commit();
                result.acknowledgedMessages.add(messages.size());
                return;
            } catch (GuardException failure) {
                connection.rollback();
                if (!failure.mayRetry()) {
                    StormResult.add(
                            result.writerErrors,
                            failure.sqlState().orElse(failure.code().code()));
                    return;
                }
            } catch (SQLException failure) {
                connection.rollback();
                if (isolation == Isolation.RC || !"40001".equals(failure.getSQLState())) {
                    StormResult.add(result.writerErrors, failure.getSQLState());
                    return;
                }
            }
            result.retries.increment();
        }
        StormResult.add(result.writerErrors, "retries exhausted");
    }

    private void delete(Connection connection, UUID conversation) throws SQLException {
        try {
            if (execute(connection, "SELECT id FROM conversations WHERE id = ? FOR UPDATE", conversation) > 0) {
                int messages = execute(connection, "DELETE FROM messages WHERE conversation_id = ?", conversation);
                execute(connection, "DELETE FROM conversations WHERE id = ?", conversation);
                connection.commit();
                result.deletedMessages.add(messages);
                result.deletedConversations.increment();
            } else {
                connection.rollback();
            }
        } catch (SQLException failure) {
            connection.rollback();
            StormResult.add(result.deleterErrors, failure.getSQLState());
        }
    }

    private static int execute(Connection connection, String sql, UUID key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, key);
            if (statement.execute()) {
                return statement.getResultSet().next() ? 1 : 0;
            }
            return statement.getUpdateCount();
        }
    }
}

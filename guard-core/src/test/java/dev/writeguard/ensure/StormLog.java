package dev.writeguard.ensure;

import dev.writeguard.event.GuardListener;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the members of a {@link Crew} were told, key by key, and what they lost. */
final class StormLog implements GuardListener {

    /** Above READ COMMITTED a transaction may lose to its neighbours many times in a row. */
    private static final int MOST_ATTEMPTS = 1_000;

    /** Acknowledged writes less acknowledged deletes, by key. */
    private final Map<Integer, LongAdder> balance = new ConcurrentHashMap<>();

    final LongAdder written = new LongAdder();
    final LongAdder deleted = new LongAdder();

    /** Also those that Guard itself has run again after. */
    final LongAdder deadlocks = new LongAdder();

    final LongAdder retries = new LongAdder();
    final LongAdder repeats = new LongAdder();

    /** Failures that no retry was allowed to hide. */
    final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    void written(int key) {
        written.increment();
        balance.computeIfAbsent(key, absent -> new LongAdder()).increment();
    }

    void deleted(int key) {
        deleted.increment();
        balance.computeIfAbsent(key, absent -> new LongAdder()).decrement();
    }

    /** What should be stored: the keys, each with its number, that is not 0. */
    Map<Integer, Long> expected() {
        Map<Integer, Long> expected = new TreeMap<>();
        balance.forEach((key, count) -> {
            if (count.sum() != 0) {
                expected.put(key, count.sum());
            }
        });
        return expected;
    }

    /**
     * Does it, and commits, until it is done or an error is final. The caller notes the result, which is null then.
     */
    <T> T untilDone(Connection connection, Callable<T> work, T otherwise) throws SQLException {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                T result = work.call();
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
                return result;
            } catch (GuardException failure) {
                rollback(connection);
                if (!failure.mayRetry()) {
                    count(failure.code().code()
                            + failure.sqlState().map(" "::concat).orElse(""));
                    return otherwise;
                }
            } catch (SQLException failure) {
                rollback(connection);
                if (!"40001".equals(failure.getSQLState())) {
                    count(failure.getSQLState());
                    return otherwise;
                }
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
            retries.increment();
        }
        count("retries exhausted");
        return otherwise;
    }

    private void count(String error) {
        errors.computeIfAbsent(error, absent -> new LongAdder()).increment();
    }

    private static void rollback(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    @Override
    public void completed(OperationEvent event) {
        repeats.add(event.repeats());
        deadlocks.add(
                event.retries().stream().filter(FailureCode.DEADLOCK::equals).count());
        if (event.failure() != null && event.failure().code() == FailureCode.DEADLOCK) {
            deadlocks.increment();
        }
    }

    @Override
    public String toString() {
        return "written " + written + ", deleted " + deleted + ", deadlocks " + deadlocks + ", retried " + retries
                + ", statements repeated " + repeats + ", errors " + new TreeMap<>(errors);
    }
}

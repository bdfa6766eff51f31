package dev.writeguard.testkit;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Work under way in a {@link Session}: waiting for a lock, or done. Every {@code await} has a deadline, at which the test fails
 * with the locks that are held.
 *
 * @param <T> what the work returns
 */
public final class Running<T extends @Nullable Object> implements Runnable {

    private final Session session;
    private final FutureTask<T> task;

    Running(Session session, Callable<T> work) {
        this.session = session;
        this.task = new FutureTask<>(work);
    }

    /** For the session's thread. */
    @Override
    public void run() {
        task.run();
    }

    /** Whether it has ended, either way. */
    public boolean isDone() {
        return task.isDone();
    }

    /** Returns once the backend waits for a lock; fails at once if the work ends instead. */
    public Running<T> awaitBlocked() {
        Locks locks = new Locks(session.database());
        return awaitBlocked(session + " waits for a lock", () -> locks.waits(session.pid()), locks);
    }

    /** Returns once the backend waits for a lock that the other session holds, or queues for before it. */
    public Running<T> awaitBlockedBy(Session other) {
        Locks locks = new Locks(session.database());
        return awaitBlocked(session + " waits for " + other, () -> locks.waitsFor(session.pid(), other.pid()), locks);
    }

    Session session() {
        return session;
    }

    Running<T> awaitBlocked(String what, Callable<Boolean> blocked, Locks locks) {
        Probe.await(
                what,
                () -> {
                    // Asked first: work that ends between the two looks is given another look, not blamed.
                    boolean done = isDone();
                    boolean waiting = blocked.call();
                    if (done && !waiting) {
                        throw new AssertionError("It ended instead: " + what + ", but " + this);
                    }
                    return waiting;
                },
                locks::dump);
        return this;
    }

    /** Returns once it has ended, either way. */
    public Running<T> awaitDone() {
        try {
            task.get(Probe.DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException ended) {
            return this;
        } catch (TimeoutException e) {
            throw new AssertionError(
                    session + " is not done within " + Probe.DEADLINE.toSeconds() + " s\n"
                            + new Locks(session.database()).dump(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + session, e);
        }
        return this;
    }

    /** Awaits success and returns the result; a failure of the work fails the test. */
    public T result() {
        awaitDone();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(session + " failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + session, e);
        }
    }

    /** Awaits failure and returns what was thrown; success fails the test. */
    public Throwable failure() {
        Throwable thrown = thrown();
        if (thrown == null) {
            throw new AssertionError("A failure was expected, but " + this);
        }
        return thrown;
    }

    /** Awaits failure and returns the SQLSTATE of the first {@link SQLException} in its causes. */
    public String sqlState() {
        Throwable failure = failure();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        throw new AssertionError("A failure without SQLSTATE: " + failure, failure);
    }

    /** The result, or the failure thrown as it was. */
    T outcome() throws SQLException {
        Throwable thrown = thrown();
        if (thrown instanceof SQLException failure) {
            throw failure;
        }
        if (thrown instanceof RuntimeException failure) {
            throw failure;
        }
        if (thrown instanceof Error failure) {
            throw failure;
        }
        return result();
    }

    private @Nullable Throwable thrown() {
        awaitDone();
        try {
            task.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + session, e);
        }
    }

    @Override
    public String toString() {
        if (!isDone()) {
            return "the work of " + session + " is under way";
        }
        Throwable thrown = thrown();
        return thrown == null
                ? "the work of " + session + " succeeded with " + result()
                : "the work of " + session + " failed: " + thrown;
    }
}

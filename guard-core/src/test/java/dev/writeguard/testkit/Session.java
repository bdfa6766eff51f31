package dev.writeguard.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A connection with one thread of its own, so that a test can go on while it waits for a lock.
 *
 * <p>{@code run} waits for the end and throws what the work threw. {@code start} returns at once; ask the {@link Running} whether
 * it blocks, or for its outcome. One piece of work at a time: to start another before the outcome of the first was awaited is a
 * mistake of the test and refused.
 */
public final class Session {

    /** Work without a result, on the session's thread. */
    @FunctionalInterface
    public interface Step {
        /** Does it. */
        void run() throws Exception;
    }

    private final Database database;
    private final String name;
    private final Connection connection;
    private final int pid;
    private final ThreadPoolExecutor thread;
    private @Nullable Running<?> last;

    Session(Database database, String name, Connection connection) throws SQLException {
        this.database = database;
        this.name = name;
        this.connection = connection;
        this.pid = connection.unwrap(PGConnection.class).getBackendPID();
        this.thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread created = new Thread(work, "session-" + name);
            created.setDaemon(true);
            return created;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Its name, which is also its {@code application_name}. */
    public String name() {
        return name;
    }

    /** The server's process, as in {@code pg_locks}. */
    public int pid() {
        return pid;
    }

    /** The connection; to be used inside {@code run} and {@code start} only. */
    public Connection connection() {
        return connection;
    }

    /** Starts work that has a result. */
    public <T extends @Nullable Object> Running<T> start(Callable<T> work) {
        Running<?> previous = last;
        if (previous != null && !previous.isDone()) {
            throw new IllegalStateException(this + " is still busy; await " + previous + " first");
        }
        Running<T> running = new Running<>(this, work);
        last = running;
        thread.execute(running);
        return running;
    }

    /** Starts work without a result. */
    public Running<@Nullable Void> start(Step work) {
        return start(() -> {
            work.run();
            return null;
        });
    }

    /** Starts one message of SQL with parameters; the result is what {@link #run(String, Object...)} returns. */
    public Running<Long> start(String sql, @Nullable Object... arguments) {
        return start(() -> update(sql, arguments));
    }

    /** Runs work to its end and returns its result, or throws what it threw. */
    public <T extends @Nullable Object> T run(Callable<T> work) throws SQLException {
        return start(work).outcome();
    }

    /** Runs work to its end, or throws what it threw. */
    public void run(Step work) throws SQLException {
        start(work).outcome();
    }

    /** Runs one message of SQL with parameters and returns the update count of its last statement; -1 for a query. */
    public long run(String sql, @Nullable Object... arguments) throws SQLException {
        return start(sql, arguments).outcome();
    }

    /** Ends autocommit. As ever with JDBC, BEGIN goes to the server together with the first statement. */
    public void begin(Isolation isolation) throws SQLException {
        run(() -> {
            connection.setAutoCommit(true);
            isolation.applyTo(connection);
            connection.setAutoCommit(false);
        });
    }

    /** Commits and returns to autocommit. */
    public void commit() throws SQLException {
        startCommit().outcome();
    }

    /** Starts a commit, which may wait where constraints are deferred. */
    public Running<@Nullable Void> startCommit() {
        return start(() -> {
            connection.commit();
            connection.setAutoCommit(true);
        });
    }

    /** Rolls back and returns to autocommit. */
    public void rollback() throws SQLException {
        run(() -> {
            connection.rollback();
            connection.setAutoCommit(true);
        });
    }

    /** Returns once any other connection, one of the application's too, waits for a lock that this session holds. */
    public void awaitBlocking() {
        Locks locks = new Locks(database);
        Probe.await("somebody waits for " + this, () -> locks.blocks(pid), locks::dump);
    }

    Database database() {
        return database;
    }

    private long update(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.execute();
            long count = statement.getLargeUpdateCount();
            while (statement.getMoreResults() || statement.getLargeUpdateCount() != -1) {
                count = statement.getLargeUpdateCount();
            }
            return count;
        }
    }

    @Override
    public String toString() {
        return "session " + name + " (pid " + pid + ")";
    }
}

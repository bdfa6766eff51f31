package dev.writeguard.plan;

import dev.writeguard.violation.SqlFailures.Moment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * One operation's use of a connection: sends messages, opens a transaction where a single message cannot be atomic,
 * and remembers what must be known when something fails.
 *
 * <p>For one operation on one thread.
 *
 * @since 0.1
 */
public final class WriteSession {

    private final Connection connection;
    private final Messages messages;
    private final boolean autocommit;
    private int roundTrips;
    private boolean ownTransaction;
    private boolean behindSavepoint;
    private boolean begun;
    private boolean undone;
    private boolean unread;
    private Moment moment = Moment.IN_TRANSACTION;

    /** Work that may fail in the driver. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Asks the driver only what it knows by itself: no round trip.
     *
     * @param messages those composed by earlier sessions
     * @throws SQLException with SQLSTATE 08003 if the connection is closed
     */
    public WriteSession(Connection connection, Messages messages) throws SQLException {
        this.connection = connection;
        this.messages = messages;
        this.autocommit = connection.getAutoCommit();
    }

    /** Sends one message. */
    public List<Answer> send(Action... actions) throws SQLException {
        return send(List.of(actions));
    }

    /** Sends one message. */
    public List<Answer> send(List<Action> actions) throws SQLException {
        return send(new Message(actions), UnaryOperator.identity());
    }

    /**
     * Sends one message that is the same for all rows of a shape, but for its values.
     *
     * @param shape what the statements depend on; an immutable value
     * @param actions composes the statements, with stand-ins for the values; called for the first row of the shape
     * @param value the value for a stand-in
     */
    public List<Answer> send(Object shape, Supplier<List<Action>> actions, UnaryOperator<@Nullable Object> value)
            throws SQLException {
        return send(messages.get(shape, actions), value);
    }

    private List<Answer> send(Message message, UnaryOperator<@Nullable Object> value) throws SQLException {
        roundTrips++;
        begun |= ownTransaction;
        moment = message.writes() && !inTransaction() ? Moment.COMMITTING : Moment.IN_TRANSACTION;
        unread = false;
        try (PreparedStatement statement = message.prepare(connection, value)) {
            statement.execute();
            unread = message.writes();
            List<Answer> answers = message.read(statement);
            unread = false;
            return answers;
        }
    }

    /** Whether the last message was carried out, but its answer could not be read. */
    public boolean unread() {
        return unread;
    }

    /** The same for a message that was a transaction by itself, and is committed. */
    public boolean committedUnread() {
        return unread && moment == Moment.COMMITTING;
    }

    /**
     * Runs all the work of the operation. Where the driver's autosave keeps an error from ending the caller's
     * transaction, a savepoint of its own comes before it: a failure, and {@link #undo}, then leave nothing of the
     * work. Two more round trips.
     */
    public <T> T run(Work<T> work) throws SQLException {
        behindSavepoint = joined() && !errorsAbort();
        return behindSavepoint ? behindSavepoint(work) : work.run();
    }

    private <T> T behindSavepoint(Work<T> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        roundTrips += 2;
        try {
            T result = work.run();
            if (undone) {
                connection.rollback(before);
            } else {
                connection.releaseSavepoint(before);
            }
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            rollback(before, failure);
            throw failure;
        }
    }

    /** If it fails, too, the connection is lost or the transaction is over, with all that is in it. */
    private void rollback(Savepoint savepoint, Throwable failure) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }

    /**
     * Runs work that has to be atomic: in the transaction that is open; else by itself, if that is enough; else in a
     * transaction of its own.
     *
     * @param oneMessage whether the work is a single message, or several of which each is complete in itself. With the
     *     extended protocol such a message is a transaction; a connection that cannot be unwrapped to the driver's is
     *     not trusted to speak it
     */
    public <T> T atomically(boolean oneMessage, Work<T> work) throws SQLException {
        return oneMessage && !inTransaction() && speaksExtendedProtocol() ? work.run() : transactional(work);
    }

    private boolean speaksExtendedProtocol() {
        try {
            return connection.isWrapperFor(PGConnection.class)
                    && connection.unwrap(PGConnection.class).getPreferQueryMode() != PreferQueryMode.SIMPLE;
        } catch (SQLException refused) {
            // A wrapper that does not let itself be asked costs a transaction, not the operation.
            return false;
        }
    }

    /**
     * Runs the work in the caller's transaction if there is one, else in one of its own, which is committed at the end,
     * or rolled back if the work throws or calls {@link #undo}. Afterwards autocommit is on again.
     */
    public <T> T transactional(Work<T> work) throws SQLException {
        if (inTransaction()) {
            return work.run();
        }
        connection.setAutoCommit(false);
        ownTransaction = true;
        try {
            T result = work.run();
            end();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            abandon(failure);
            throw failure;
        } finally {
            ownTransaction = false;
        }
    }

    /** Whether the transaction is the caller's, who alone may commit it or roll it back. */
    public boolean joined() {
        return !autocommit;
    }

    /** Whether a failure of the work undoes it, whatever the failure is. */
    public boolean undoesByItself() {
        return !joined() || behindSavepoint;
    }

    /** Whether an error of the server ends the transaction; with the driver's autosave it undoes one message only. */
    private boolean errorsAbort() {
        try {
            return !connection.isWrapperFor(PGConnection.class)
                    || connection.unwrap(PGConnection.class).getAutosave() == AutoSave.NEVER;
        } catch (SQLException refused) {
            // Then nobody knows, and a savepoint does no harm.
            return false;
        }
    }

    /** Whether a transaction is open: the caller's, or one of {@link #transactional}. */
    public boolean inTransaction() {
        return !autocommit || ownTransaction;
    }

    /**
     * Asks for a rollback at the end of a transaction, or to the savepoint, of our own.
     *
     * @return false inside the caller's transaction, which is not ours to roll back
     */
    public boolean undo() {
        undone = ownTransaction || behindSavepoint;
        return undone;
    }

    /** What was going on when the last statement failed. */
    public Moment moment() {
        return moment;
    }

    /**
     * Round trips so far: messages, the COMMIT or ROLLBACK of a transaction of our own, and what its savepoint costs.
     */
    public int roundTrips() {
        return roundTrips;
    }

    /**
     * After a failure: whether transactions of this connection read from a fixed snapshot. With autocommit it asks the
     * server, which a failed transaction of the caller's does not allow; then nobody knows.
     */
    public @Nullable Boolean aboveReadCommitted() throws SQLException {
        if (!autocommit || connection.isClosed()) {
            return null;
        }
        roundTrips++;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('transaction_isolation')")) {
            row.next();
            return !row.getString(1).startsWith("read");
        }
    }

    private void end() throws SQLException {
        countEnd();
        if (undone) {
            connection.rollback();
        } else {
            moment = Moment.COMMITTING;
            connection.commit();
        }
        connection.setAutoCommit(true);
    }

    /** The driver sends neither BEGIN nor COMMIT or ROLLBACK for a transaction without a statement. */
    private void countEnd() {
        if (begun) {
            begun = false;
            roundTrips++;
        }
    }

    private void abandon(Throwable failure) {
        try {
            if (!connection.isClosed()) {
                countEnd();
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}

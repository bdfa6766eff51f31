package dev.writeguard.ensure.race;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.event.OperationEvent;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Session;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One interleaving under way: the writer, in the mode under test, and the others that come in its way, in transactions of
 * the same isolation level. Begins with the conversations {@link #LOWER} and {@link #HIGHER} and no message.
 */
final class Stage {

    /** The key of the conversation that all fight over. */
    static final long PARENT = 50;

    /** Conversations before and after it in key order, which are there and stay in peace. */
    static final long LOWER = 10;

    static final long HIGHER = 90;

    final Database database;
    final Chat chat;
    final Mode mode;
    final Session writer;
    final Session other;

    Stage(Database database, Chat chat, Mode mode) throws SQLException {
        this(database, chat, mode, database.session("writer"));
    }

    Stage(Database database, Chat chat, Mode mode, Session writer) throws SQLException {
        this.database = database;
        this.chat = chat.forgetEvents();
        this.mode = mode;
        this.writer = writer;
        this.other = database.session("other");
        database.execute(
                "DELETE FROM notes; DELETE FROM messages; DELETE FROM stamped; DELETE FROM conversations; DELETE FROM users;"
                        + " DELETE FROM workspaces;"
                        + " INSERT INTO conversations (id) VALUES (" + LOWER + "), (" + HIGHER + ")");
        mode.begin(writer);
        // Outside a transaction, too, it is at the level under test.
        otherBegins();
        other.commit();
    }

    void parentExists() throws SQLException {
        database.execute("INSERT INTO conversations (id) VALUES (" + PARENT + ")");
    }

    /** The writer's transaction takes its snapshot, if it is to have one. */
    void writerLooksAround() throws SQLException {
        writer.run("SELECT count(*) FROM users");
    }

    void otherBegins() throws SQLException {
        other.begin(mode.isolation());
    }

    /** The other session does that in a transaction, and leaves it open. */
    void otherBegins(String sql) throws SQLException {
        otherBegins();
        other.run(sql, PARENT);
    }

    /** The other session does that in a transaction and commits it. */
    void otherCommits(String sql) throws SQLException {
        otherBegins(sql);
        other.commit();
    }

    /** What a session does with its connection. */
    @FunctionalInterface
    interface Work {
        String on(Connection connection) throws Exception;
    }

    /** Starts the write in the writer's session. */
    Running<String> start(Write write) {
        return start(connection -> write.run(chat, connection));
    }

    /** Starts work in the writer's session; an error of the database or of Guard is a result, too. */
    Running<String> start(Work work) {
        return start(writer, work);
    }

    /** Starts the write in the other session, whose transaction is for the test to begin. */
    Running<String> startOther(Write write) {
        return startOther(connection -> write.run(chat, connection));
    }

    /** The same for any work. */
    Running<String> startOther(Work work) {
        return start(other, work);
    }

    private static Running<String> start(Session session, Work work) {
        return session.start(() -> {
            try {
                return work.on(session.connection());
            } catch (Exception failure) {
                return Ending.result(failure);
            }
        });
    }

    /** Starts the write and returns once it waits at the gate. */
    Running<String> startUpTo(Gate gate, Write write) {
        Running<String> running = start(write);
        gate.awaitArrival(running);
        return running;
    }

    /** Awaits the end of the write, ends the writer's transaction, and counts what is stored. */
    Ending ending(Running<String> write) throws SQLException {
        return ending(writer, write);
    }

    /** The same for a write in the other session. */
    Ending endingOfOther(Running<String> write) throws SQLException {
        return ending(other, write);
    }

    private Ending ending(Session session, Running<String> write) throws SQLException {
        String result = write.result();
        OperationEvent event = chat.event(session);
        Ending ending = new Ending(result, event == null ? 0 : event.repeats(), 0);
        if (ending.isFailure()) {
            mode.rollback(session);
        } else {
            mode.commit(session);
        }
        return ending.children(children());
    }

    /**
     * Lets both sessions go on, each of which holds what the other needs. The server ends the work of one, whose locks
     * are gone with that.
     *
     * @return the results of the writer and of the other
     */
    List<String> deadlock(Work ofWriter, Work ofOther) {
        Running<String> first = start(ofWriter).awaitBlockedBy(other);
        Running<String> second = startOther(ofOther);
        return List.of(first.result(), second.result());
    }

    /** Runs the write again, in a new transaction of the same mode. */
    Ending again(Write write) throws SQLException {
        mode.begin(writer);
        return ending(start(write));
    }

    /**
     * Asserts that the write loses against the other session with a serialization failure, and lets it run again in a new
     * transaction: Guard does that by itself where the transaction is its own.
     *
     * @param children how many are stored after the failure
     * @return how it ended then
     */
    Ending endingAfterLosing(Running<String> write, long children, Work again) throws SQLException {
        Ending ending = ending(write);
        if (mode.autocommit()) {
            assertThat(requireNonNull(chat.event(writer)).retries()).containsExactly(FailureCode.SERIALIZATION_FAILURE);
            return ending;
        }
        assertThat(ending).isEqualTo(Ending.SERIALIZATION_FAILURE.children(children));
        mode.begin(writer);
        return ending(start(again));
    }

    /** The same if the write loses because it reads from a fixed snapshot, else just its end. */
    Ending endingAtLast(Running<String> write, long children, Work again) throws SQLException {
        return mode.fixedSnapshot() ? endingAfterLosing(write, children, again) : ending(write);
    }

    /** The version of the parent, if it is there. */
    List<String> versions() throws SQLException {
        return database.queryStrings("SELECT version FROM conversations WHERE id = ?", PARENT);
    }

    /** How many children there are, in both tables. */
    long children() throws SQLException {
        return database.queryLong("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM stamped)");
    }

    /** How many parents are there: one or none. */
    long parents() throws SQLException {
        return database.queryLong("SELECT count(*) FROM conversations WHERE id = ?", PARENT);
    }
}

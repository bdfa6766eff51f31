package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A required state against a close under way: no child lands in a closed conversation, in neither order. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class RequireStateRaceIT {

    private static final Ending REFUSED = Ending.failed("00000", FailureCode.PARENT_STATE, false);
    private static final String CLOSE = "UPDATE conversations SET state = 'CLOSED' WHERE id = ?";

    /** Closes only what has no message. */
    private static final String CLOSE_IF_EMPTY = "UPDATE conversations SET state = 'CLOSED'"
            + " WHERE id = ? AND NOT EXISTS (SELECT FROM messages m WHERE m.conversation_id = conversations.id)";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    static List<Arguments> writes() {
        List<Arguments> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            all.add(Arguments.of(GuardedWrite.ENSURE_OPEN, mode));
            all.add(Arguments.of(GuardedWrite.INSERT_OPEN, mode));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("writes")
    void isRefusedByACloseThatCommits(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = openConversation(mode, database);
        stage.otherBegins(CLOSE);
        Running<String> waiting = stage.start(write).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertRefused(stage, waiting, write);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void isRefusedByACloseThatSlipsBetween(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = openConversation(mode, database);
        Gate gate = write.gate(database);
        Running<String> stopped = stage.startUpTo(gate, write);
        stage.otherCommits(CLOSE);
        gate.open();
        assertRefused(stage, stopped, write);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void isRefusedByACloseThatBeginsBetween(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = openConversation(mode, database);
        Gate gate = write.gate(database);
        Running<String> stopped = stage.startUpTo(gate, write);
        stage.otherBegins(CLOSE);
        gate.open();
        stopped.awaitBlockedBy(stage.other);
        stage.other.commit();
        assertRefused(stage, stopped, write);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void goesOnAfterACloseThatRollsBack(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = openConversation(mode, database);
        stage.otherBegins(CLOSE);
        Running<String> waiting = stage.start(write).awaitBlockedBy(stage.other);
        stage.other.rollback();
        assertThat(stage.ending(waiting)).isEqualTo(Ending.existing().children(write.children(mode)));
    }

    private static void assertRefused(Stage stage, Running<String> write, GuardedWrite kind) throws SQLException {
        Ending ending = stage.endingAtLast(write, 0, connection -> kind.run(chat, connection));
        assertThat(ending).isEqualTo(REFUSED);
        assertThat(stateOf(stage)).containsExactly("CLOSED");
    }

    /** The other order: the close waits for the child, and then counts it. */
    @InEveryTransaction
    void makesAnExclusiveCloseWaitAndSeeTheChild(Mode mode, Database database) throws SQLException {
        Stage stage = openConversation(mode, database);
        assertThat(stage.start(GuardedWrite.INSERT_OPEN).result()).isEqualTo("existing");
        // Above READ COMMITTED the closer could not see who it waited for.
        stage.other.begin(Isolation.RC);
        Running<Long> lock = stage.other
                .start("SELECT id FROM conversations WHERE id = ? FOR UPDATE", Stage.PARENT)
                .awaitBlockedBy(stage.writer);
        stage.writer.commit();
        lock.result();
        assertThat(stage.other.run(CLOSE_IF_EMPTY, Stage.PARENT)).isZero();
        stage.other.commit();
        assertThat(stateOf(stage)).containsExactly("OPEN");
    }

    @InEveryTransaction
    void makesAPlainCloseWait(Mode mode, Database database) throws SQLException {
        Stage stage = openConversation(mode, database);
        assertThat(stage.start(GuardedWrite.INSERT_OPEN).result()).isEqualTo("existing");
        Running<Long> close = stage.other.start(CLOSE, Stage.PARENT).awaitBlockedBy(stage.writer);
        stage.writer.commit();
        assertThat(close.result()).isEqualTo(1);
    }

    /** Of a bulk nothing is written, and what was created for it is taken back. */
    @InEveryMode
    void withholdsTheWholeBulk(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins("UPDATE conversations SET state = 'CLOSED' WHERE id = " + Stage.HIGHER + " AND ? > 0");
        Running<String> waiting = stage.start(RequireStateRaceIT::insertAll).awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.endingAtLast(waiting, 0, RequireStateRaceIT::insertAll);
        assertThat(ending).isEqualTo(new Ending("[refused, withheld, withheld]", 0, 0));
        assertThat(stage.parents()).isZero();
    }

    private static String insertAll(Connection connection) {
        return chat
                .on(connection)
                .insertAll(
                        chat.open(),
                        Stream.of(Stage.HIGHER, Stage.PARENT, Stage.LOWER)
                                .map(key -> Chat.child(chat.open(), key))
                                .toList())
                .stream()
                .map(ChildOutcome::name)
                .toList()
                .toString();
    }

    /**
     * The lock of a foreign key is too weak: the writer reads OPEN while the close is uncommitted. Only SERIALIZABLE
     * notices, if all sides use it.
     */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void aKeyShareReadsTheStateBeforeTheClose(Mode mode, Database database) throws SQLException {
        Stage stage = openConversation(mode, database);
        stage.otherBegins(CLOSE_IF_EMPTY);
        Running<String> insert = stage.start(connection -> "rows " + UnsafeWrite.execute(connection, """
                        INSERT INTO messages (conversation_id)
                        SELECT id FROM conversations WHERE id = ? AND state = 'OPEN' FOR KEY SHARE"""));
        assertThat(stage.ending(insert)).isEqualTo(new Ending("rows 1", 0, 1));
        if (mode == Mode.SER) {
            assertThat(stage.other.startCommit().sqlState()).isEqualTo("40001");
            return;
        }
        stage.other.commit();
        assertThat(stateOf(stage)).containsExactly("CLOSED");
    }

    /** An exclusive lock of the closer alone is not enough: the child waits for it, and is inserted all the same. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void aChildThatWaitsForAnExclusiveCloseIsInsertedAfterwards(Mode mode, Database database) throws SQLException {
        Stage stage = openConversation(mode, database);
        stage.otherBegins("SELECT id FROM conversations WHERE id = ? FOR UPDATE");
        Running<String> insert = stage.start(UnsafeWrite.DO_NOTHING_THEN_CHILD).awaitBlockedBy(stage.other);
        assertThat(stage.other.run(CLOSE_IF_EMPTY, Stage.PARENT)).isEqualTo(1);
        stage.other.commit();
        assertThat(stage.ending(insert)).isEqualTo(mode.fixedSnapshot() ? Ending.failed("40001") : Ending.done(1));
        assertThat(stateOf(stage)).containsExactly("CLOSED");
    }

    private static Stage openConversation(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        return stage;
    }

    private static List<String> stateOf(Stage stage) throws SQLException {
        return stage.database.queryStrings("SELECT state FROM conversations WHERE id = ?", Stage.PARENT);
    }
}

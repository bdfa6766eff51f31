package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an ensured parent is safe from until the transaction ends, and what gives it up. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class HeldLockIT {

    private static final String DELETE = "DELETE FROM conversations WHERE id = ?";
    private static final String KEY_UPDATE = "UPDATE conversations SET id = 51 WHERE id = ?";
    private static final String CHILD = "INSERT INTO messages (conversation_id) VALUES (?)";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    /**
     * Something that locks the parent, written by hand or through Guard; the child comes later.
     *
     * @param writes whether it makes a new version of the row
     */
    private record Holder(String name, boolean writes, Stage.Work lock) {

        /** What a delete meets that waited for it. */
        String refusal(Mode mode) {
            return writes && mode.fixedSnapshot() ? "40001" : "23503";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Holder guarded(String name, ParentRule rule) {
        return new Holder(
                name,
                rule.touch().isPresent(),
                connection -> chat.on(connection)
                        .ensure(Chat.parent(rule, Stage.PARENT))
                        .name());
    }

    private static Holder guardedBulk(String name, ParentRule rule) {
        return new Holder(
                name,
                rule.touch().isPresent(),
                connection -> chat.on(connection)
                        .ensureAll(
                                rule,
                                Stream.of(Stage.HIGHER, Stage.PARENT)
                                        .map(key -> Chat.parent(rule, key))
                                        .toList())
                        .get(1)
                        .name());
    }

    private static Holder byHand(String sql, boolean writes) {
        return new Holder(sql, writes, connection -> "rows " + UnsafeWrite.execute(connection, sql));
    }

    static Stream<Arguments> holders() {
        String upsert = "INSERT INTO conversations AS c (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET owner = c.owner";
        List<Holder> holders = List.of(
                guarded("ensure", chat.messages().parent()),
                guarded("ensure, looking first", chat.lookedFor().parent()),
                guarded("ensure with touch", chat.touching().parent()),
                guarded("ensure with match", chat.matching().parent()),
                guarded("ensure with a required state", chat.open().parent()),
                guardedBulk("ensureAll", chat.messages().parent()),
                guardedBulk("ensureAll with touch", chat.touching().parent()),
                byHand("SELECT id FROM conversations WHERE id = ? FOR KEY SHARE", false),
                byHand(upsert + " WHERE false", false),
                byHand(upsert, true));
        return holders.stream().flatMap(holder -> Mode.transactions().stream().map(mode -> Arguments.of(holder, mode)));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void makesADeleteWaitAndFail(Holder holder, Mode mode, Database database) throws SQLException {
        Stage stage = stageWithHeldParent(holder, mode, database);
        Running<Long> delete = stage.other.start(DELETE, Stage.PARENT).awaitBlockedBy(stage.writer);
        stage.writer.run(CHILD, Stage.PARENT);
        stage.writer.commit();
        assertThat(delete.sqlState()).isEqualTo(holder.refusal(mode));
        assertThat(stage.parents()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("holders")
    void letsADeleteGoOnAfterRollback(Holder holder, Mode mode, Database database) throws SQLException {
        Stage stage = stageWithHeldParent(holder, mode, database);
        Running<Long> delete = stage.other.start(DELETE, Stage.PARENT).awaitBlockedBy(stage.writer);
        stage.writer.rollback();
        assertThat(delete.result()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("holders")
    void makesAKeyUpdateWaitAndFail(Holder holder, Mode mode, Database database) throws SQLException {
        Stage stage = stageWithHeldParent(holder, mode, database);
        Running<Long> update = stage.other.start(KEY_UPDATE, Stage.PARENT).awaitBlockedBy(stage.writer);
        stage.writer.run(CHILD, Stage.PARENT);
        stage.writer.commit();
        assertThat(update.sqlState()).isEqualTo(holder.refusal(mode));
    }

    private static Stage stageWithHeldParent(Holder holder, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        assertThat(stage.start(holder.lock()).result()).isIn("existing", "rows 0", "rows 1");
        return stage;
    }

    /** DO NOTHING on a row that is there takes no lock at all. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void doNothingHoldsNothing(Mode mode, Database database) throws SQLException {
        Stage stage = stageWithHeldParent(
                byHand("INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO NOTHING", false), mode, database);
        assertThat(stage.other.run(DELETE, Stage.PARENT)).isEqualTo(1);
        assertThat(stage.writer.start(CHILD, Stage.PARENT).sqlState())
                .isEqualTo(mode.fixedSnapshot() ? "40001" : "23503");
    }

    static Stream<Arguments> bulks() {
        return Stream.of(GuardedWrite.INSERT_ALL, GuardedWrite.INSERT_ALL_TOUCH, GuardedWrite.INSERT_ALL_ONCE)
                .flatMap(write -> Stream.of(Mode.values()).map(mode -> Arguments.of(write, mode)));
    }

    /** A bulk locks what is there before it inserts what is not: nothing slips in between. */
    @ParameterizedTest
    @MethodSource("bulks")
    void aBulkHoldsExistingParentsFromItsFirstStatement(GuardedWrite write, Mode mode, Database database)
            throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        Gate gate = write.gate(database);
        Running<String> stopped = stage.startUpTo(gate, write);
        Running<Long> delete = stage.other.start(DELETE, Stage.PARENT).awaitBlockedBy(stage.writer);
        gate.open();
        assertThat(stage.ending(stopped)).isEqualTo(Ending.existing().children(write.children(mode)));
        assertThat(delete.sqlState()).isEqualTo(write.touches() && mode.fixedSnapshot() ? "40001" : "23503");
    }

    /** With autocommit the lock lives as long as the message: from before the child's statement to its end. */
    @InEveryMode
    void holdsTheParentForTheWholeMessage(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        Gate gate = Gate.beforeForeignKeyCheck(database, "messages", "writer");
        Running<String> insert = stage.startUpTo(gate, GuardedWrite.INSERT);
        Running<Long> delete = stage.other.start(DELETE, Stage.PARENT).awaitBlockedBy(stage.writer);
        gate.open();
        assertThat(stage.ending(insert)).isEqualTo(Ending.existing().children(1));
        assertThat(delete.sqlState()).isEqualTo("23503");
    }

    /** A documented limit: the lock is as old as the call, and a savepoint from before the call takes it back. */
    @InEveryTransaction
    void losesTheLockWithASavepointFromBefore(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.start(connection -> {
                    Savepoint before = connection.setSavepoint();
                    String outcome = ensure(connection);
                    connection.rollback(before);
                    return outcome;
                })
                .result();
        assertThat(stage.other.run(DELETE, Stage.PARENT)).isEqualTo(1);
        assertThat(stage.writer.start(CHILD, Stage.PARENT).sqlState())
                .isEqualTo(mode.fixedSnapshot() ? "40001" : "23503");
    }

    @InEveryTransaction
    void keepsTheLockWithASavepointFromAfter(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.start(connection -> {
                    String outcome = ensure(connection);
                    connection.rollback(connection.setSavepoint());
                    return outcome;
                })
                .result();
        Running<Long> delete = stage.other.start(DELETE, Stage.PARENT).awaitBlockedBy(stage.writer);
        stage.writer.run(CHILD, Stage.PARENT);
        stage.writer.commit();
        assertThat(delete.sqlState()).isEqualTo("23503");
    }

    /** Another one: a child that is stored is found before its parent is locked, and then only its foreign key holds it. */
    @InEveryTransaction
    void leavesTheParentOfADuplicateOfABulkToItsChild(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        List<ChildRow> both = List.of(Chat.child(chat.once(), Stage.LOWER), Chat.child(chat.once(), Stage.PARENT));
        chat.on(database.connect()).insertAll(chat.once(), both);
        Running<String> write = stage.start(connection -> chat.on(connection).insertAll(chat.once(), both).stream()
                .map(ChildOutcome::name)
                .toList()
                .toString());
        assertThat(write.result()).isEqualTo("[duplicate, duplicate]");
        assertThat(stage.other.start(DELETE, Stage.PARENT).sqlState()).isEqualTo("23503");
        assertThat(stage.other.run("DELETE FROM messages WHERE conversation_id = ?", Stage.PARENT))
                .isEqualTo(1);
        assertThat(stage.other.run(DELETE, Stage.PARENT)).isEqualTo(1);
    }

    private static String ensure(Connection connection) {
        ParentRule rule = chat.messages().parent();
        return chat.on(connection).ensure(Chat.parent(rule, Stage.PARENT)).name();
    }
}

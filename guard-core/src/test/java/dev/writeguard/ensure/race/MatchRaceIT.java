package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code match} against a conversation that becomes somebody else's meanwhile. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class MatchRaceIT {

    private static final Ending REFUSED = Ending.failed("00000", FailureCode.PARENT_MISMATCH, false);
    private static final String GIVE_AWAY = "UPDATE conversations SET owner = 8 WHERE id = ?";
    private static final String INSERT_OF_OTHER = "INSERT INTO conversations (id, owner) VALUES (?, 8)";
    private static final String DELETE = "DELETE FROM conversations WHERE id = ?";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    static List<Arguments> writes() {
        List<Arguments> all = new ArrayList<>();
        for (GuardedWrite write : GuardedWrite.values()) {
            for (Mode mode : write.matches() ? Mode.values() : new Mode[0]) {
                all.add(Arguments.of(write, mode));
            }
        }
        return all;
    }

    /** Those that leave the parent unlocked between its INSERT and the lock. */
    static List<Arguments> writesThatInsertFirst() {
        return writes().stream()
                .filter(arguments -> !((GuardedWrite) arguments.get()[0]).locksFirst())
                .toList();
    }

    static List<Arguments> insertsOfChildren() {
        return writes().stream()
                .filter(arguments -> !((GuardedWrite) arguments.get()[0]).ensures())
                .toList();
    }

    /**
     * The statement of the child waits for its table, before it takes its snapshot. The lock of the parent's key, where it
     * is there by then, does not keep the owner. Refused or not, what is acknowledged is stored.
     */
    @ParameterizedTest
    @MethodSource("insertsOfChildren")
    void acknowledgesWhatIsStoredWhereTheOwnerChangesBeforeTheChild(GuardedWrite write, Mode mode, Database database)
            throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.other.begin(Isolation.RC);
        stage.other.run("LOCK TABLE messages, stamped IN SHARE MODE");
        Running<String> waiting = stage.start(write).awaitBlockedBy(stage.other);
        stage.other.run(GIVE_AWAY, Stage.PARENT);
        stage.other.commit();
        Ending ending = stage.ending(waiting);
        assertThat(ending.repeats()).isZero();
        if (mode.fixedSnapshot()) {
            assertThat(ending).isEqualTo(Ending.existing().children(write.children(mode)));
        } else {
            assertThat(ending).isIn(REFUSED, Ending.existing().children(write.children(mode)));
        }
    }

    /** Above READ COMMITTED the owner is the one in the transaction's snapshot: the write comes before the change. */
    @ParameterizedTest
    @MethodSource("writesThatInsertFirst")
    void isRefusedByAChangeOfOwnerThatSlipsBetween(GuardedWrite write, Mode mode, Database database)
            throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        Gate gate = write.gate(database);
        Running<String> stopped = stage.startUpTo(gate, write);
        stage.otherCommits(GIVE_AWAY);
        gate.open();
        if (mode.fixedSnapshot()) {
            assertThat(stage.ending(stopped)).isEqualTo(Ending.existing().children(write.children(mode)));
        } else {
            assertRefused(stage, stopped, write);
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void isRefusedBySomebodyElsesInsertThatCommits(GuardedWrite write, Mode mode, Database database)
            throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins(INSERT_OF_OTHER);
        Running<String> waiting = stage.start(write).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertRefused(stage, waiting, write);
    }

    @ParameterizedTest
    @MethodSource("writesThatInsertFirst")
    void isRefusedBySomebodyElsesRowInPlaceOfADeletedOne(GuardedWrite write, Mode mode, Database database)
            throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        Gate gate = write.gate(database);
        Running<String> stopped = stage.startUpTo(gate, write);
        stage.otherCommits(DELETE);
        stage.otherCommits(INSERT_OF_OTHER);
        gate.open();
        assertRefused(stage, stopped, write);
    }

    private static void assertRefused(Stage stage, Running<String> write, GuardedWrite kind) throws SQLException {
        Ending ending = stage.endingAtLast(write, 0, connection -> kind.run(chat, connection));
        assertThat(ending).isEqualTo(REFUSED);
        assertThat(ownerOf(stage)).containsExactly("8");
    }

    /** The owner is no key, so that its lock waits for nobody: the write comes before what is not yet committed. */
    @ParameterizedTest
    @MethodSource("writes")
    void comesBeforeAChangeOfOwnerUnderWay(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins(GIVE_AWAY);
        assertThat(stage.ending(stage.start(write))).isEqualTo(Ending.existing().children(write.children(mode)));
        assertThat(ownerOf(stage)).containsExactly("7");
        stage.other.commit();
        assertThat(ownerOf(stage)).containsExactly("8");
    }

    /** Looking first and inserting then puts a message into somebody else's conversation, without an error. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void aLookBeforeTheInsertIsOutOfDate(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        assertThat(stage.start(connection -> "rows "
                                + UnsafeWrite.execute(
                                        connection, "SELECT id FROM conversations WHERE id = ? AND owner = 7"))
                        .result())
                .isEqualTo("rows 1");
        stage.otherCommits(GIVE_AWAY);
        assertThat(stage.ending(stage.start(UnsafeWrite.CHILD_ALONE))).isEqualTo(Ending.done(1));
        assertThat(ownerOf(stage)).containsExactly("8");
    }

    private static List<String> ownerOf(Stage stage) throws SQLException {
        return stage.database.queryStrings("SELECT owner FROM conversations WHERE id = ?", Stage.PARENT);
    }
}

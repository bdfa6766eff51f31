package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A child that is sent twice, at once: it is stored once, and never is a parent created for a child that is not. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class TwiceSentChildIT {

    private static final long CLIENT_ID = 1234;
    private static final String CHILD_OF_PARENT =
            "INSERT INTO messages (conversation_id, client_id) VALUES (?, " + CLIENT_ID + ")";
    private static final String CHILD_OF_LOWER = "INSERT INTO messages (conversation_id, client_id) SELECT "
            + Stage.LOWER + ", " + CLIENT_ID + " WHERE ? > 0";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    @InEveryMode
    void isADuplicateOfTheOtherSessionsChild(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins();
        stage.other.run(() -> insert(stage.other.connection()));
        Running<String> second = stage.start(TwiceSentChildIT::insert).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertEnds(stage, second, new Ending("duplicate", 0, 1));
    }

    /** Both also create the parent. */
    @InEveryMode
    void isADuplicateUnderAParentThatIsNewToBoth(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins();
        stage.other.run(() -> insert(stage.other.connection()));
        Running<String> second = stage.start(TwiceSentChildIT::insert).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertEnds(stage, second, new Ending("duplicate", 0, 1));
        assertThat(stage.parents()).isEqualTo(1);
    }

    @InEveryMode
    void isInsertedIfTheOtherSessionRollsBack(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins();
        stage.other.run(() -> insert(stage.other.connection()));
        Running<String> second = stage.start(TwiceSentChildIT::insert).awaitBlockedBy(stage.other);
        stage.other.rollback();
        assertThat(stage.ending(second)).isEqualTo(Ending.existing().children(1));
    }

    /** The parent that was created for it is taken back, also in a transaction that goes on and commits. */
    @InEveryMode
    void leavesNoParentBehindIfItTurnsUpElsewhere(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins(CHILD_OF_LOWER);
        Running<String> second = stage.start(TwiceSentChildIT::insert).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertEnds(stage, second, new Ending("elsewhere", 0, 1));
        assertThat(stage.parents()).isZero();
    }

    @InEveryMode
    void keepsAParentThatWasThereIfItTurnsUpElsewhere(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins(CHILD_OF_LOWER);
        Running<String> second = stage.start(TwiceSentChildIT::insert).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertEnds(stage, second, new Ending("elsewhere", 0, 1));
        assertThat(stage.parents()).isEqualTo(1);
    }

    @InEveryMode
    void createsTheParentIfTheChildElsewhereIsRolledBack(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins(CHILD_OF_LOWER);
        Running<String> second = stage.start(TwiceSentChildIT::insert).awaitBlockedBy(stage.other);
        stage.other.rollback();
        assertThat(stage.ending(second)).isEqualTo(Ending.created().children(1));
    }

    /** The child is in the way of the INSERT and gone before it is looked for: sent again, and still the parent's creator. */
    @ParameterizedTest
    @EnumSource(names = {"RC", "RC_AUTOCOMMIT"})
    void remembersThatItCreatedTheParentWhenSentAgain(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Gate gate = Gate.afterStatement(database, "messages", "writer");
        Running<String> second = insertPastAChildThatVanishes(stage, gate);
        gate.open();
        assertThat(stage.ending(second)).isEqualTo(Ending.created().repeats(1).children(1));
    }

    /** The same, but now the child turns up elsewhere again: the parent is taken back. */
    @ParameterizedTest
    @EnumSource(names = {"RC", "RC_AUTOCOMMIT"})
    void takesBackAParentThatItCreatedBeforeItWasSentAgain(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Gate gate = Gate.afterStatement(database, "messages", "writer");
        Running<String> second = insertPastAChildThatVanishes(stage, gate);
        stage.otherBegins(CHILD_OF_LOWER);
        gate.open();
        second.awaitBlockedBy(stage.other);
        stage.other.commit();
        assertThat(stage.ending(second)).isEqualTo(new Ending("elsewhere", 1, 1));
        assertThat(stage.parents()).isZero();
    }

    private static Running<String> insertPastAChildThatVanishes(Stage stage, Gate gate) throws SQLException {
        stage.otherBegins(CHILD_OF_LOWER);
        Running<String> second = stage.start(TwiceSentChildIT::insert).awaitBlockedBy(stage.other);
        stage.other.commit();
        gate.awaitArrival(second);
        stage.otherCommits("DELETE FROM messages WHERE client_id = " + CLIENT_ID + " AND ? > 0");
        return second;
    }

    @InEveryMode
    void withholdsABulkOfWhichOneTurnsUpElsewhere(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins(CHILD_OF_LOWER);
        Running<String> second = stage.start(TwiceSentChildIT::insertMany).awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.endingAtLast(second, 1, TwiceSentChildIT::insertMany);
        assertThat(ending).isEqualTo(new Ending("[withheld, elsewhere, withheld]", 0, 1));
        assertThat(stage.parents()).isZero();
    }

    /** Looking for the child first and inserting then is a race that the second loses with an error. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void aLookBeforeTheInsertMeetsTheDuplicate(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        String look = "SELECT id FROM messages WHERE client_id = " + CLIENT_ID + " AND ? > 0";
        stage.otherBegins(look);
        assertThat(stage.start(connection -> "rows " + UnsafeWrite.execute(connection, look))
                        .result())
                .isEqualTo("rows 0");
        stage.other.run(CHILD_OF_PARENT, Stage.PARENT);
        Running<String> second = stage.start(connection -> "rows " + UnsafeWrite.execute(connection, CHILD_OF_PARENT))
                .awaitBlockedBy(stage.other);
        stage.other.commit();
        // SERIALIZABLE notices that both have looked.
        assertThat(second.result()).isEqualTo(mode == Mode.SER ? "40001" : "23505");
    }

    /** DO NOTHING for both leaves an empty conversation for a message that is stored elsewhere. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void doNothingForBothLeavesAParentWithoutItsChild(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins(CHILD_OF_LOWER);
        Running<String> second = stage.start(connection -> {
                    UnsafeWrite.execute(
                            connection, "INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO NOTHING");
                    return "rows "
                            + UnsafeWrite.execute(connection, CHILD_OF_PARENT + " ON CONFLICT (client_id) DO NOTHING");
                })
                .awaitBlockedBy(stage.other);
        stage.other.commit();
        assertThat(stage.ending(second)).isEqualTo(new Ending(mode.fixedSnapshot() ? "40001" : "rows 0", 0, 1));
        assertThat(stage.parents()).isEqualTo(mode.fixedSnapshot() ? 0 : 1);
    }

    /** Above READ COMMITTED the other's child is too new to be seen; the whole transaction again sees it. */
    private static void assertEnds(Stage stage, Running<String> write, Ending expected) throws SQLException {
        Ending ending = stage.endingAtLast(write, 1, TwiceSentChildIT::insert);
        assertThat(ending).isEqualTo(expected);
    }

    private static String insert(Connection connection) {
        ChildRule rule = chat.once();
        return GuardedWrite.parentOf(chat.on(connection).insert(rule, Chat.child(rule, Stage.PARENT, CLIENT_ID)));
    }

    private static String insertMany(Connection connection) {
        ChildRule rule = chat.once();
        return chat
                .on(connection)
                .insertAll(
                        rule,
                        List.of(
                                Chat.child(rule, Stage.HIGHER, 1),
                                Chat.child(rule, Stage.PARENT, CLIENT_ID),
                                Chat.child(rule, Stage.PARENT, 2)))
                .stream()
                .map(ChildOutcome::name)
                .toList()
                .toString();
    }
}

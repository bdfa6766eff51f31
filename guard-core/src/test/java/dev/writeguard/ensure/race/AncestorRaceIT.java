package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A message under a conversation under a workspace: the root first, and each held until all is written. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class AncestorRaceIT {

    private static final String INSERT_WORKSPACE = "INSERT INTO workspaces VALUES (?)";
    private static final String DELETE_WORKSPACE = "DELETE FROM workspaces WHERE id = ?";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    @InEveryMode
    void isCreatedAgainIfADeleteSlipsBetween(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        database.execute("INSERT INTO workspaces VALUES (" + Stage.PARENT + ")");
        Gate gate = Gate.afterStatement(database, "workspaces", "INSERT", "writer");
        Running<String> stopped = stage.start(AncestorRaceIT::insert);
        gate.awaitArrival(stopped);
        stage.otherCommits(DELETE_WORKSPACE);
        gate.open();
        assertCreated(stage, stopped, 1);
    }

    @InEveryMode
    void isTheOneThatAnotherSessionCreates(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins(INSERT_WORKSPACE);
        Running<String> waiting = stage.start(AncestorRaceIT::insert).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertCreated(stage, waiting, 0);
    }

    @InEveryMode
    void isNotDeletedBeforeItsDescendantsAreThere(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        database.execute("INSERT INTO workspaces VALUES (" + Stage.PARENT + ")");
        Gate gate = Gate.afterStatement(database, "conversations", "INSERT", "writer");
        Running<String> stopped = stage.start(AncestorRaceIT::insert);
        gate.awaitArrival(stopped);
        Running<Long> delete = stage.other.start(DELETE_WORKSPACE, Stage.PARENT).awaitBlockedBy(stage.writer);
        gate.open();
        assertThat(stage.ending(stopped)).isEqualTo(Ending.created().children(1));
        assertThat(delete.sqlState()).isEqualTo("23503");
    }

    /** The conversation of the other session is kept as it is: it has no workspace. */
    @InEveryMode
    void isLeftOutWhereAnotherSessionCreatesTheParent(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins("INSERT INTO conversations (id) VALUES (?)");
        Running<String> waiting = stage.start(AncestorRaceIT::insert).awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.endingAtLast(waiting, 0, AncestorRaceIT::insert);
        assertThat(ending).isEqualTo(Ending.existing().children(1));
        assertThat(database.queryLong("SELECT count(workspace) FROM conversations"))
                .isZero();
        assertThat(database.queryLong("SELECT count(*) FROM workspaces")).isZero();
    }

    /** The same by hand, without locks. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void doNothingForEachLosesTheRoot(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        database.execute("INSERT INTO workspaces VALUES (" + Stage.PARENT + ")");
        stage.writer.run("INSERT INTO workspaces VALUES (?) ON CONFLICT (id) DO NOTHING", Stage.PARENT);
        stage.otherCommits(DELETE_WORKSPACE);
        assertThat(stage.start(connection -> "rows "
                                + UnsafeWrite.execute(
                                        connection,
                                        "INSERT INTO conversations (id, workspace) VALUES (?, ?)"
                                                + " ON CONFLICT (id) DO NOTHING"))
                        .result())
                .isEqualTo(mode.fixedSnapshot() ? "40001" : "23503");
    }

    private static void assertCreated(Stage stage, Running<String> write, int repeats) throws SQLException {
        Ending ending = stage.endingAtLast(write, 0, AncestorRaceIT::insert);
        repeats = stage.mode.fixedSnapshot() ? 0 : repeats;
        assertThat(ending).isEqualTo(Ending.created().repeats(repeats).children(1));
        assertThat(stage.database.queryLong("SELECT count(*) FROM conversations WHERE workspace = ?", Stage.PARENT))
                .isEqualTo(1);
    }

    private static String insert(Connection connection) {
        ChildRule messages = chat.messages();
        ParentRule workspaces = chat.workspaces();
        ParentRow conversation =
                Chat.parent(messages.parent(), Stage.PARENT).under(workspaces.row(workspaces.key(Stage.PARENT)));
        return GuardedWrite.parentOf(chat.on(connection)
                .insert(messages, messages.row(conversation, messages.values().build())));
    }
}

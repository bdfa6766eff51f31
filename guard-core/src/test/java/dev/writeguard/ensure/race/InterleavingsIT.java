package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every write through Guard against everything that another session can do to its parent. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class InterleavingsIT {

    private static final String UPDATE = "UPDATE conversations SET owner = owner WHERE id = ?";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @MethodSource("interleavings")
    void endsWithParentAndChildOrMayBeRetried(
            Interference interference, GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Ending expected = interference.guarded(write, mode);
        Running<String> running = interference.play(stage, write);
        Ending ending;
        if (expected.isFailure()) {
            expected = interference.afterwards();
            ending = stage.endingAfterLosing(running, 0, connection -> write.run(chat, connection));
        } else {
            ending = stage.ending(running);
        }
        assertThat(ending).isEqualTo(expected.children(write.children(mode)));
        assertThat(stage.versions()).containsExactly(write.touches() ? "1" : "0");
    }

    static List<Arguments> interleavings() {
        List<Arguments> all = new ArrayList<>();
        for (Interference interference : Interference.values()) {
            for (GuardedWrite write : GuardedWrite.values()) {
                for (Mode mode : Mode.values()) {
                    if (interference.concerns(write, mode)) {
                        all.add(Arguments.of(interference, write, mode));
                    }
                }
            }
        }
        return all;
    }

    static List<Arguments> sharersOfTheKey() {
        List<Arguments> all = new ArrayList<>();
        for (GuardedWrite write : GuardedWrite.values()) {
            for (Mode mode : write.locksTheWholeRow() ? List.<Mode>of() : List.of(Mode.values())) {
                all.add(Arguments.of(write, mode));
            }
        }
        return all;
    }

    /** The lock of a key does not wait for a change of other columns, and the INSERT leaves a row alone that it sees. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("sharersOfTheKey")
    void doesNotWaitForAnUpdate(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins(UPDATE);
        assertThat(stage.ending(stage.start(write))).isEqualTo(Ending.existing().children(write.children(mode)));
        stage.other.commit();
    }

    /** The INSERT by itself does wait, like nothing that the foreign key of the child would ask for. */
    @InEveryMode
    @Tag(InterleavingCount.CONTROL)
    void doNothingWaitsForAnUpdate(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins(UPDATE);
        Running<String> waiting = stage.start(connection -> "rows "
                        + UnsafeWrite.execute(
                                connection, "INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO NOTHING"))
                .awaitBlockedBy(stage.other);
        stage.other.commit();
        assertThat(waiting.result()).isEqualTo(mode.fixedSnapshot() ? "40001" : "rows 0");
    }
}

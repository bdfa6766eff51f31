package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every write through Guard against everything that another session can do to its parent. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class InterleavingsIT {

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
        Ending ending = stage.ending(interference.play(stage, write));
        if (expected.isFailure()) {
            assertThat(ending).isEqualTo(expected);
            expected = stage.parents() == 0 ? Ending.created() : Ending.existing();
            ending = stage.again(write);
        }
        assertThat(ending).isEqualTo(expected.children(write.children(mode)));
        assertThat(stage.versions()).containsExactly(write.touches() ? "1" : "0");
    }

    static List<Arguments> interleavings() {
        List<Arguments> all = new ArrayList<>();
        for (Interference interference : Interference.values()) {
            for (GuardedWrite write : GuardedWrite.values()) {
                for (Mode mode : write.modes()) {
                    if (interference.concerns(write, mode)) {
                        all.add(Arguments.of(interference, write, mode));
                    }
                }
            }
        }
        return all;
    }

    /** Plain foreign keys do not wait for a change of other columns either; an INSERT that conflicts does. */
    @InEveryMode
    void lookingFirstDoesNotWaitForAnUpdate(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins("UPDATE conversations SET owner = owner WHERE id = ?");
        assertThat(stage.ending(stage.start(GuardedWrite.INSERT_LOOK_FIRST)))
                .isEqualTo(Ending.existing().children(1));
        stage.other.commit();
    }
}

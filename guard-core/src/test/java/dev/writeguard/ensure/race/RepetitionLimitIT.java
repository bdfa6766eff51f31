package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Others create and delete the parent again and again, each time just before it can be locked. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class RepetitionLimitIT {

    private static final int LIMIT = 10;

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                        GuardedWrite.ENSURE,
                        GuardedWrite.ENSURE_ALL,
                        GuardedWrite.INSERT,
                        GuardedWrite.INSERT_TOUCH,
                        GuardedWrite.INSERT_ONCE,
                        GuardedWrite.INSERT_LOOK_FIRST,
                        GuardedWrite.INSERT_ALL)
                .flatMap(write -> Stream.of(Mode.RC, Mode.RC_AUTOCOMMIT).map(mode -> Arguments.of(write, mode)));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void givesUpAfterTheTenthTime(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Ending ending = stage.ending(writeWhileOthersInterfere(stage, write, LIMIT));
        assertThat(ending)
                .isEqualTo(Ending.failed("00000", FailureCode.PARENT_NOT_LOCKABLE, true)
                        .repeats(LIMIT - 1));
        assertThat(stage.again(write)).isEqualTo(Ending.created().children(write.children(mode)));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void holdsOutNineTimes(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Ending ending = stage.ending(writeWhileOthersInterfere(stage, write, LIMIT - 1));
        assertThat(ending).isEqualTo(Ending.created().repeats(LIMIT - 1).children(write.children(mode)));
    }

    /** The other parents of a bulk were created by each of the ten messages, and are gone with the last. */
    @ParameterizedTest
    @EnumSource(names = {"RC", "RC_AUTOCOMMIT"})
    void leavesNoneOfTheOtherParentsWhenItGivesUp(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        database.execute("DELETE FROM conversations");
        Running<String> write = writeWhileOthersInterfere(stage, GuardedWrite.INSERT_ALL, LIMIT);
        assertThat(write.result()).contains(FailureCode.PARENT_NOT_LOCKABLE.code());
        // The caller goes on in spite of the failure.
        mode.commit(stage.writer);
        assertThat(database.queryLong("SELECT count(*) FROM conversations")).isZero();
    }

    private static Running<String> writeWhileOthersInterfere(Stage stage, GuardedWrite write, int times)
            throws SQLException {
        Gate gate = write.gate(stage.database);
        stage.otherBegins("INSERT INTO conversations (id) VALUES (?)");
        Running<String> running = stage.start(write);
        for (int i = 1; i <= times; i++) {
            running.awaitBlockedBy(stage.other);
            stage.other.commit();
            gate.awaitArrival(running);
            stage.otherCommits("DELETE FROM conversations WHERE id = ?");
            if (i < times) {
                stage.otherBegins("INSERT INTO conversations (id) VALUES (?)");
                gate.letOnePassAndClose();
            }
        }
        gate.open();
        return running;
    }
}

package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * TOUCH against TOUCH: the writers of one parent queue, and no version is lost. TOUCH against deletes is in
 * {@link InterleavingsIT} and {@link HeldLockIT}.
 */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class TouchRaceIT {

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    @InEveryMode
    void returnsTheVersionAfterTheOtherOnes(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins();
        assertThat(stage.other.run(() -> touch(stage.other.connection()))).isEqualTo("version 1");
        Running<String> second = stage.start(TouchRaceIT::touch).awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.endingAtLast(second, 0, TouchRaceIT::touch);
        assertThat(ending.result()).isEqualTo("version 2");
        assertThat(stage.versions()).containsExactly("2");
    }

    /** Seed 0 and one touch by each. */
    @InEveryMode
    void countsBothWhereTheOtherCreatesTheParent(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins();
        assertThat(stage.other.run(() -> touch(stage.other.connection()))).isEqualTo("version 1");
        Running<String> second = stage.start(TouchRaceIT::touch).awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.endingAtLast(second, 0, TouchRaceIT::touch);
        assertThat(ending.result()).isEqualTo("version 2");
    }

    /** Two bulks name the same parents in opposite orders. */
    @InEveryTransaction
    void queuesInBulkWithoutDeadlock(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins();
        stage.other.run(() -> touchAll(stage.other.connection(), Stage.LOWER, Stage.PARENT, Stage.HIGHER));
        Running<String> second = stage.start(
                        connection -> touchAll(connection, Stage.HIGHER, Stage.PARENT, Stage.LOWER))
                .awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.ending(second);
        if (mode.fixedSnapshot()) {
            assertThat(ending).isEqualTo(Ending.SERIALIZATION_FAILURE);
            assertThat(stage.versions()).containsExactly("1");
        } else {
            assertThat(ending.result()).isEqualTo("versions [2, 2, 2]");
        }
    }

    /**
     * Another's new row may be there for the statement that writes, and not yet for the one that locks: it is then touched
     * by both messages, and the version returned is still the one that is stored.
     */
    @ParameterizedTest
    @EnumSource(names = {"RC", "RC_AUTOCOMMIT"})
    void returnsTheStoredVersionOfWhatWasDeletedAndCreatedAgain(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Gate gate = GuardedWrite.ENSURE_ALL_TOUCH.gate(database);
        Session third = database.session("third");
        stage.otherBegins("INSERT INTO conversations (id) VALUES (?), (70)");
        Running<String> touch = stage.start(connection -> touchAll(connection, Stage.PARENT, 70L))
                .awaitBlockedBy(stage.other);
        stage.other.commit();
        gate.awaitArrival(touch);
        stage.otherCommits("DELETE FROM conversations WHERE id = ?");
        third.begin(mode.isolation());
        third.run("SELECT id FROM conversations WHERE id = 70 FOR UPDATE");
        gate.open();
        touch.awaitBlockedBy(third);
        stage.otherCommits("INSERT INTO conversations (id) VALUES (?)");
        third.rollback();
        Ending ending = stage.ending(touch);
        assertThat(ending.repeats()).isEqualTo(1);
        assertThat(ending.result()).isEqualTo("versions [" + stage.versions().get(0) + ", 1]");
    }

    /** A version that is read and written back counts one of two writers only. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void readingAndWritingBackLosesAVersion(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        String read = "SELECT version FROM conversations WHERE id = ?";
        String writeBack = "UPDATE conversations SET version = 1 WHERE id = ?";
        stage.otherBegins(read);
        stage.writer.run(read, Stage.PARENT);
        stage.other.run(writeBack, Stage.PARENT);
        Running<String> second = stage.start(connection -> "rows " + UnsafeWrite.execute(connection, writeBack))
                .awaitBlockedBy(stage.other);
        stage.other.commit();
        assertThat(stage.ending(second).result()).isEqualTo(mode.fixedSnapshot() ? "40001" : "rows 1");
        assertThat(stage.versions()).containsExactly("1");
    }

    /** Two that share the lock and then both want to write wait for each other. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void sharingFirstAndWritingThenDeadlocks(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        String share = "SELECT id FROM conversations WHERE id = ? FOR SHARE";
        String update = "UPDATE conversations SET version = version + 1 WHERE id = ?";
        stage.otherBegins(share);
        stage.writer.run(share, Stage.PARENT);
        assertThat(stage.deadlock(
                        connection -> "rows " + UnsafeWrite.execute(connection, update),
                        connection -> "rows " + UnsafeWrite.execute(connection, update)))
                .containsExactlyInAnyOrder("40P01", "rows 1");
    }

    private static String touch(Connection connection) {
        ParentRule rule = chat.touching().parent();
        Present outcome = (Present) chat.on(connection).ensure(Chat.parent(rule, Stage.PARENT));
        return "version " + outcome.version().orElseThrow();
    }

    private static String touchAll(Connection connection, Long... keys) {
        ParentRule rule = chat.touching().parent();
        return "versions "
                + chat
                        .on(connection)
                        .ensureAll(
                                rule,
                                List.of(keys).stream()
                                        .map(key -> Chat.parent(rule, key))
                                        .toList())
                        .stream()
                        .map(outcome -> ((Present) outcome).version().orElseThrow())
                        .toList();
    }
}

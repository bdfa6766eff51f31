package dev.writeguard.ensure.race;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** The ways to touch many parents. */
    private enum Bulk {
        ENSURE_ALL,
        INSERT_ALL;

        /** Touches the conversations of these keys. */
        String touch(Connection connection, Long... keys) {
            ChildRule rule = chat.touching();
            Stream<Long> all = Stream.of(keys);
            return this == ENSURE_ALL
                    ? chat
                            .on(connection)
                            .ensureAll(
                                    rule.parent(),
                                    all.map(key -> Chat.parent(rule.parent(), key))
                                            .toList())
                            .stream()
                            .map(EnsureOutcome::name)
                            .toList()
                            .toString()
                    : chat
                            .on(connection)
                            .insertAll(
                                    rule, all.map(key -> Chat.child(rule, key)).toList())
                            .stream()
                            .map(GuardedWrite::parentOf)
                            .toList()
                            .toString();
        }
    }

    static Stream<Arguments> bulks() {
        return Stream.of(Bulk.values()).flatMap(bulk -> Stream.of(Mode.values()).map(mode -> Arguments.of(bulk, mode)));
    }

    private static final String ALL_EXIST = "INSERT INTO conversations (id) SELECT generate_series(1, 6)";
    private static final String SIX_EXISTING = "[existing, existing, existing, existing, existing, existing]";
    private static final String SIX_TOUCHED = "[existing, created, existing, created, existing, created]";
    private static final String EVEN_ONES_EXIST = "INSERT INTO conversations (id) VALUES (2), (4), (6)";
    private static final String HELD = "SELECT id FROM conversations WHERE id = ? FOR NO KEY UPDATE";

    /**
     * Two bulks name the same parents in opposite orders. A third session holds one that is there until both are under way,
     * the first of them with its lowest key in hand.
     */
    @ParameterizedTest
    @MethodSource("bulks")
    void queuesInBulkWithoutDeadlock(Bulk bulk, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        database.execute(ALL_EXIST);
        Session third = holder(HELD, 4, mode, database);
        Running<String> first = stage.start(connection -> bulk.touch(connection, 6L, 5L, 4L, 3L, 2L, 1L))
                .awaitBlockedBy(third);
        mode.begin(stage.other);
        Running<String> second = stage.startOther(connection -> bulk.touch(connection, 1L, 2L, 3L, 4L, 5L, 6L))
                .awaitBlockedBy(stage.writer);
        third.rollback();
        assertBothTouch(stage, first, SIX_EXISTING, second, SIX_EXISTING);
    }

    /** The same where every other one is absent: the third session creates one of those, and rolls that back. */
    @ParameterizedTest
    @MethodSource("bulks")
    void queuesInBulkWithoutDeadlockForAbsentParents(Bulk bulk, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        database.execute(EVEN_ONES_EXIST);
        Session third = holder("INSERT INTO conversations (id) VALUES (?)", 3, mode, database);
        Running<String> first = stage.start(connection -> bulk.touch(connection, 6L, 5L, 4L, 3L, 2L, 1L))
                .awaitBlockedBy(third);
        mode.begin(stage.other);
        Running<String> second = stage.startOther(connection -> bulk.touch(connection, 1L, 2L, 3L, 4L, 5L, 6L))
                .awaitBlockedBy(stage.writer);
        third.rollback();
        assertBothTouch(stage, first, SIX_TOUCHED, second, SIX_EXISTING);
    }

    private static void assertBothTouch(
            Stage stage, Running<String> first, String ofFirst, Running<String> second, String ofSecond)
            throws SQLException {
        assertThat(stage.ending(first).result()).isEqualTo(ofFirst);
        assertThat(retries(stage, stage.writer)).isEmpty();
        boolean loses = stage.mode.fixedSnapshot() && !stage.mode.autocommit();
        assertThat(stage.endingOfOther(second).result())
                .isEqualTo(loses ? Ending.SERIALIZATION_FAILURE.result() : ofSecond);
        assertThat(retries(stage, stage.other)).doesNotContain(FailureCode.DEADLOCK);
        assertThat(stage.database.queryStrings("SELECT DISTINCT version FROM conversations WHERE id < 7"))
                .containsExactly(loses ? "1" : "2");
    }

    private static List<FailureCode> retries(Stage stage, Session session) {
        return requireNonNull(stage.chat.event(session)).retries();
    }

    /**
     * A parent that the first did not see when it locked what is there, and does see after its INSERT: the second has locked
     * it meanwhile, and waits for a new one of the first.
     */
    @ParameterizedTest
    @MethodSource("bulksAtReadCommitted")
    void queuesInBulkWithoutDeadlockWhereAnAbsentParentIsCreatedMeanwhile(Bulk bulk, Mode mode, Database database)
            throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Gate gate = GuardedWrite.ENSURE_ALL_TOUCH.gate(database);
        Session third = holder("INSERT INTO conversations (id) VALUES (?)", 2, mode, database);
        Running<String> first =
                stage.start(connection -> bulk.touch(connection, 1L, 2L)).awaitBlockedBy(third);
        third.commit();
        gate.awaitArrival(first);
        mode.begin(stage.other);
        Running<String> second =
                stage.startOther(connection -> bulk.touch(connection, 2L, 1L)).awaitBlockedBy(stage.writer);
        gate.open();
        assertBothTouch(stage, first, "[created, existing]", second, "[existing, existing]");
    }

    static Stream<Arguments> bulksAtReadCommitted() {
        return bulks().filter(arguments -> !((Mode) arguments.get()[1]).fixedSnapshot());
    }

    /** The same by hand: what is there is locked by the lock of TOUCH, and lower keys are inserted after that. */
    @Test
    @Tag(InterleavingCount.CONTROL)
    void lockingTheExistingFirstAndInsertingThenDeadlocks(Database database) throws SQLException {
        String insert = "INSERT INTO conversations (id) VALUES (1), (2) ON CONFLICT (id) DO NOTHING";
        String lock = "SELECT id FROM conversations WHERE id IN (1, 2) ORDER BY id FOR NO KEY UPDATE";
        Stage stage = new Stage(database, chat, Mode.RC);
        Session third = holder("INSERT INTO conversations (id) VALUES (?)", 2, Mode.RC, database);
        Running<String> first = stage.start(connection -> "rows " + UnsafeWrite.execute(connection, insert))
                .awaitBlockedBy(third);
        third.commit();
        assertThat(first.result()).isEqualTo("rows 1");
        stage.otherBegins();
        stage.other.run(lock);
        assertThat(stage.deadlock(
                        connection -> "rows " + UnsafeWrite.execute(connection, lock),
                        connection -> "rows " + UnsafeWrite.execute(connection, insert)))
                .contains("40P01");
    }

    private static Session holder(String sql, long key, Mode mode, Database database) throws SQLException {
        Session holder = database.session("holder");
        holder.begin(mode.isolation());
        holder.run(sql, key);
        return holder;
    }

    /**
     * The statement that only locks does the waiting: what was deleted and created again meanwhile is there for the one that
     * touches, once, and nothing is sent again.
     */
    @ParameterizedTest
    @EnumSource(names = {"RC", "RC_AUTOCOMMIT"})
    void touchesOnceWhatWasDeletedAndCreatedAgain(Mode mode, Database database) throws SQLException {
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
        assertThat(ending.repeats()).isZero();
        assertThat(ending.result()).isEqualTo("versions [1, 1]");
        assertThat(stage.versions()).containsExactly("1");
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

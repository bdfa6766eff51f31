package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
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

/** Two sessions that write under one parent at once, both through Guard. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class TwoWritersIT {

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    static List<Arguments> writes() {
        List<Arguments> all = new ArrayList<>();
        for (GuardedWrite write : GuardedWrite.values()) {
            // The same children again are for TwiceSentChildIT.
            if (!write.once()) {
                for (Mode mode : Mode.values()) {
                    all.add(Arguments.of(write, mode));
                }
            }
        }
        return all;
    }

    /** The first is stopped before it can commit, and with autocommit inside its message. */
    @ParameterizedTest
    @MethodSource("writes")
    void oneCreatesTheParentThatBothNeed(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        mode.begin(stage.other);
        Gate gate = write.gate(database);
        Running<String> first = stage.startUpTo(gate, write);
        Running<String> second = stage.startOther(write).awaitBlockedBy(stage.writer);
        gate.open();
        assertThat(stage.ending(first).children(0)).isEqualTo(Ending.created());
        Ending ending = stage.endingOfOther(second);
        if (mode.fixedSnapshot() && !mode.autocommit()) {
            assertThat(ending).isEqualTo(Ending.SERIALIZATION_FAILURE.children(write.children(mode)));
            mode.begin(stage.other);
            ending = stage.endingOfOther(stage.startOther(write));
        }
        assertThat(ending).isEqualTo(Ending.existing().children(2 * write.children(mode)));
        assertThat(stage.versions()).containsExactly(write.touches() ? "2" : "0");
    }

    @ParameterizedTest
    @MethodSource("writes")
    void theSecondCreatesTheParentIfTheFirstRollsBack(GuardedWrite write, Mode mode, Database database)
            throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins();
        stage.startOther(write).result();
        Running<String> second = stage.start(write).awaitBlockedBy(stage.other);
        stage.other.rollback();
        assertThat(stage.ending(second)).isEqualTo(Ending.created().children(write.children(mode)));
        assertThat(stage.versions()).containsExactly(write.touches() ? "1" : "0");
    }

    /** KEEP shares the parent; the lock that TOUCH needs makes its writers queue. */
    @ParameterizedTest
    @MethodSource("writes")
    void waitForEachOtherOnlyIfTheyTouch(GuardedWrite write, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins();
        stage.startOther(write).result();
        Running<String> second = stage.start(write);
        long children = write.children(Mode.RC);
        if (!write.touches()) {
            assertThat(stage.ending(second)).isEqualTo(Ending.existing().children(write.children(mode)));
            stage.other.commit();
            return;
        }
        second.awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.endingAtLast(second, children, connection -> write.run(chat, connection));
        assertThat(ending).isEqualTo(Ending.existing().children(children + write.children(mode)));
        assertThat(stage.versions()).containsExactly("2");
    }

    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void doUpdateOfNothingMakesTheSecondWait(Mode mode, Database database) throws SQLException {
        Ending second = secondOfTwoUpserts("DO UPDATE SET owner = c.owner WHERE false", mode, database);
        assertThat(second.result()).isEqualTo("rows 0");
    }

    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void doUpdateOfTheSameValueMakesTheSecondWaitOrFail(Mode mode, Database database) throws SQLException {
        Ending second = secondOfTwoUpserts("DO UPDATE SET owner = c.owner", mode, database);
        assertThat(second.result()).isEqualTo(mode.fixedSnapshot() ? "40001" : "rows 1");
    }

    private static Ending secondOfTwoUpserts(String onConflict, Mode mode, Database database) throws SQLException {
        String sql = "INSERT INTO conversations AS c (id) VALUES (?) ON CONFLICT (id) " + onConflict;
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins(sql);
        Running<String> second = stage.start(connection -> "rows " + UnsafeWrite.execute(connection, sql))
                .awaitBlockedBy(stage.other);
        stage.other.commit();
        return stage.ending(second);
    }

    /** A column of a unique index in DO UPDATE takes the lock of a DELETE, even for the same value. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void doUpdateOfTheKeyMakesEveryChildWait(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        stage.otherBegins("INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id");
        Running<String> child = stage.start(UnsafeWrite.CHILD_ALONE).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertThat(stage.ending(child).result()).isEqualTo(mode.fixedSnapshot() ? "40001" : "done");
    }
}

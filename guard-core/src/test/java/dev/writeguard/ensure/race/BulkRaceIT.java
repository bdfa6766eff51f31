package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureOutcome;
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

/** Many parents at once: one order of locks whatever the order of the input, and all children or none. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class BulkRaceIT {

    private static final String DEADLOCK = "40P01 GRD-702, may be retried";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    @InEveryMode
    void oppositeInputsDoNotDeadlock(Mode mode, Database database) throws SQLException {
        assertDoNotDeadlock(BulkRaceIT::ensureAll, 0, mode, database);
    }

    @InEveryMode
    void oppositeBulksOfChildrenDoNotDeadlock(Mode mode, Database database) throws SQLException {
        assertDoNotDeadlock(BulkRaceIT::insertAll, 3, mode, database);
    }

    /** A bulk about the parents of those keys. */
    private interface Bulk {
        String on(Connection connection, Long... keys) throws SQLException;
    }

    /** A third session holds the middle key until both are under way, the first with its lowest key in hand. */
    private static void assertDoNotDeadlock(Bulk bulk, int children, Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Session third = holderOf(2, mode, database);
        Running<String> first =
                stage.start(connection -> bulk.on(connection, 3L, 2L, 1L)).awaitBlockedBy(third);
        stage.otherBegins();
        Running<String> second =
                stage.startOther(connection -> bulk.on(connection, 1L, 2L, 3L)).awaitBlockedBy(stage.writer);
        third.rollback();
        assertThat(stage.ending(first)).isEqualTo(new Ending("[created, created, created]", 0, children));
        assertThat(second.result())
                .isEqualTo(
                        mode.fixedSnapshot()
                                ? Ending.SERIALIZATION_FAILURE.result()
                                : "[existing, existing, existing]");
    }

    /** The order of the input is the order of the locks, and two orders make a circle. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void unsortedInsertsDeadlock(Mode mode, Database database) throws SQLException {
        String unsorted = "INSERT INTO conversations (id) SELECT * FROM unnest(CAST(? AS bigint[]))"
                + " ON CONFLICT (id) DO NOTHING";
        Stage stage = new Stage(database, chat, mode);
        Session third = holderOf(2, mode, database);
        Running<String> first =
                stage.start(connection -> bulk(connection, unsorted, "{3,2,1}")).awaitBlockedBy(third);
        stage.otherBegins();
        Running<String> second = stage.startOther(connection -> bulk(connection, unsorted, "{1,2,3}"))
                .awaitBlockedBy(third);
        third.rollback();
        assertThat(List.of(first.result(), second.result())).containsExactlyInAnyOrder("40P01", "rows 3");
    }

    /** Guard cannot sort what it is given one by one. */
    @InEveryTransaction
    void oneByOneInOppositeOrderMeetsATypedDeadlock(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.otherBegins();
        assertThat(stage.startOther(connection -> ensureOne(connection, 2)).result())
                .isEqualTo("created");
        assertThat(stage.start(connection -> ensureOne(connection, 1)).result()).isEqualTo("created");
        assertThat(stage.deadlock(connection -> ensureOne(connection, 2), connection -> ensureOne(connection, 1)))
                .containsExactlyInAnyOrder(DEADLOCK, "created");
    }

    /** A parent that others create and delete is in nobody's hands between the INSERT and the children's statement. */
    @InEveryMode
    void childrenAreCompleteAfterOneOfTheirParentsWasDeleted(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        Gate gate = GuardedWrite.INSERT_ALL.gate(database);
        stage.otherBegins("INSERT INTO conversations (id) VALUES (?)");
        Running<String> waiting = stage.start(connection -> insertAll(connection, Stage.PARENT, 3L, Stage.LOWER))
                .awaitBlockedBy(stage.other);
        stage.other.commit();
        if (mode.fixedSnapshot()) {
            gate.open();
            Ending ending = stage.endingAfterLosing(
                    waiting, 0, connection -> insertAll(connection, Stage.PARENT, 3L, Stage.LOWER));
            assertThat(ending).isEqualTo(new Ending("[existing, created, existing]", 0, 3));
            return;
        }
        gate.awaitArrival(waiting);
        stage.otherCommits("DELETE FROM conversations WHERE id = ?");
        gate.open();
        // The second parent was created by the message that was sent in vain.
        assertThat(stage.ending(waiting)).isEqualTo(new Ending("[created, created, existing]", 1, 3));
        assertThat(stage.parents()).isEqualTo(1);
    }

    /** Without the count of parents the children of the deleted one are left out, and nobody is told. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void withoutTheCountSomeChildrenAreSilentlyMissing(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.parentExists();
        Gate gate = GuardedWrite.INSERT_ALL.gate(database);
        Running<String> stopped = stage.start(connection -> {
            bulk(connection, """
                    INSERT INTO conversations (id) SELECT k FROM unnest(CAST(? AS bigint[])) k ORDER BY k
                    ON CONFLICT (id) DO NOTHING""", "{10,50,90}");
            return bulk(connection, """
                    INSERT INTO messages (conversation_id)
                    SELECT id FROM conversations WHERE id = ANY (CAST(? AS bigint[])) FOR KEY SHARE""", "{10,50,90}");
        });
        gate.awaitArrival(stopped);
        stage.otherCommits("DELETE FROM conversations WHERE id = ?");
        gate.open();
        assertThat(stage.ending(stopped))
                .isEqualTo(mode.fixedSnapshot() ? Ending.failed("40001") : new Ending("rows 2", 0, 2));
    }

    private static Session holderOf(long key, Mode mode, Database database) throws SQLException {
        Session holder = database.session("holder");
        holder.begin(mode.isolation());
        holder.run("INSERT INTO conversations (id) VALUES (?)", key);
        return holder;
    }

    private static String ensureOne(Connection connection, long key) {
        ParentRule rule = chat.messages().parent();
        return chat.on(connection).ensure(Chat.parent(rule, key)).name();
    }

    private static String ensureAll(Connection connection, Long... keys) {
        ParentRule rule = chat.messages().parent();
        return chat
                .on(connection)
                .ensureAll(
                        rule,
                        List.of(keys).stream()
                                .map(key -> Chat.parent(rule, key))
                                .toList())
                .stream()
                .map(EnsureOutcome::name)
                .toList()
                .toString();
    }

    private static String insertAll(Connection connection, Long... parents) {
        return chat
                .on(connection)
                .insertAll(
                        chat.messages(),
                        List.of(parents).stream()
                                .map(key -> Chat.child(chat.messages(), key))
                                .toList())
                .stream()
                .map(GuardedWrite::parentOf)
                .toList()
                .toString();
    }

    private static String bulk(Connection connection, String sql, String array) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, array);
            return "rows " + statement.executeUpdate();
        }
    }
}

package dev.writeguard.ensure.race;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Transactions that lose against another one, and what Guard does then: again what is its own, and nothing of the caller's. How
 * often is for RetriesIT.
 */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class RunAgainIT {

    private static final String INSERT = "INSERT INTO conversations (id) VALUES (?)";
    private static final String INSERT_USER = "INSERT INTO users VALUES (?)";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    private enum Call {
        ENSURE,
        ENSURE_ALL,
        INSERT,
        INSERT_ALL,

        /** In one message, since it does not touch. */
        INSERT_ALL_KEEPING;

        boolean touches() {
            return this != INSERT_ALL_KEEPING;
        }

        int children() {
            return switch (this) {
                case ENSURE, ENSURE_ALL -> 0;
                case INSERT -> 1;
                case INSERT_ALL, INSERT_ALL_KEEPING -> 2;
            };
        }

        /** The version of the parent after one call for it. */
        String version() {
            return touches() ? "1" : "0";
        }

        /** Of the parent that all fight over. A bulk has one more, which is there and comes before it. */
        String run(Connection connection) {
            EnsureParent ensure = chat.on(connection);
            ChildRule messages = touches() ? chat.touching() : chat.messages();
            ChildRow child = child(messages, Stage.PARENT);
            List<ChildRow> both = List.of(child(messages, Stage.LOWER), child);
            return switch (this) {
                case ENSURE -> ensure.ensure(child.parent()).name();
                case ENSURE_ALL ->
                    ensure.ensureAll(messages.parent(), parentsOf(both)).get(1).name();
                case INSERT -> GuardedWrite.parentOf(ensure.insert(messages, child));
                case INSERT_ALL, INSERT_ALL_KEEPING ->
                    GuardedWrite.parentOf(ensure.insertAll(messages, both).get(1));
            };
        }

        /** It refers to a user, and its parent to a workspace. */
        private static ChildRow child(ChildRule messages, long parent) {
            ParentRule parents = messages.parent();
            return messages.row(
                    parents.row(
                            parents.key(parent),
                            parents.values().set("workspace", Stage.PARENT).build()),
                    messages.values().set("author", Stage.PARENT).build());
        }

        private static List<ParentRow> parentsOf(List<ChildRow> children) {
            return children.stream().map(ChildRow::parent).toList();
        }
    }

    static Stream<Arguments> calls() {
        return Stream.of(Call.values()).flatMap(call -> Stream.of(Mode.values()).map(mode -> Arguments.of(call, mode)));
    }

    static Stream<Arguments> insertsOfChildren() {
        return calls().filter(arguments -> ((Call) arguments.get()[0]).children() > 0);
    }

    static Stream<Arguments> touches() {
        return calls().filter(arguments -> ((Call) arguments.get()[0]).touches());
    }

    /**
     * The writer has inserted the conversation and needs the workspace, which the other one holds, who waits for the
     * conversation. The writer is the one to notice.
     */
    @ParameterizedTest
    @MethodSource("calls")
    void isTheVictimOfADeadlock(Call call, Mode mode, Database database) throws SQLException {
        Stage stage = stage(mode, database);
        // Its check comes soon after it began to wait, and the other's never.
        stage.writer.run("SET deadlock_timeout = '10ms'");
        stage.other.run("SET deadlock_timeout = '1h'");
        mode.begin(stage.writer);
        Gate gate = Gate.beforeForeignKeyCheck(database, "conversations", "INSERT", "writer");
        stage.otherBegins("SELECT id FROM workspaces WHERE id = ? FOR UPDATE");
        Running<String> write = stage.start(call::run);
        gate.awaitArrival(write);
        Running<Long> other = stage.other.start(INSERT, Stage.PARENT).awaitBlockedBy(stage.writer);
        gate.open();
        if (mode.autocommit()) {
            other.result();
            stage.other.commit();
            assertThat(stage.ending(write)).isEqualTo(Ending.existing().children(call.children()));
            // The new run may be at the conversation before the other, and be the victim again.
            assertThat(retries(stage))
                    .startsWith(FailureCode.DEADLOCK)
                    .isSubsetOf(FailureCode.DEADLOCK, FailureCode.SERIALIZATION_FAILURE);
            assertThat(stage.versions()).containsExactly(call.version());
        } else {
            assertThat(stage.ending(write)).isEqualTo(Ending.failed("40P01", FailureCode.DEADLOCK, true));
            assertThat(retries(stage)).isEmpty();
            other.result();
        }
    }

    /** Both write into the conversation. */
    @ParameterizedTest
    @MethodSource("touches")
    void losesAgainstAnUpdate(Call call, Mode mode, Database database) throws SQLException {
        Stage stage = stage(mode, database);
        stage.parentExists();
        stage.otherBegins("UPDATE conversations SET version = version + 1 WHERE id = ?");
        Running<String> write = stage.start(call::run).awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.endingAtLast(write, 0, call::run);
        assertThat(ending).isEqualTo(Ending.existing().children(call.children()));
        assertThat(stage.versions()).as("each effect once").containsExactly("2");
    }

    /** The author is not in the snapshot of the message, and the foreign key looks there. */
    @ParameterizedTest
    @MethodSource("insertsOfChildren")
    void doesNotSeeAnAuthorWhoIsCreatedMeanwhile(Call call, Mode mode, Database database) throws SQLException {
        Stage stage = stage(mode, database);
        database.execute("DELETE FROM users");
        Gate gate = Gate.afterStatement(database, "conversations", "INSERT", "writer");
        Running<String> write = stage.start(call::run);
        gate.awaitArrival(write);
        stage.otherCommits(INSERT_USER);
        gate.open();
        Ending ending = stage.ending(write);
        if (mode.fixedSnapshot() && !mode.autocommit()) {
            assertThat(ending).isEqualTo(Ending.failed("23503", FailureCode.REFERENCE_MISSING, true));
            assertThat(retries(stage)).isEmpty();
            mode.begin(stage.writer);
            ending = stage.ending(stage.start(call::run));
        } else {
            assertThat(retries(stage))
                    .isEqualTo(mode.fixedSnapshot() ? List.of(FailureCode.REFERENCE_MISSING) : List.of());
        }
        assertThat(ending).isEqualTo(Ending.created().children(call.children()));
        assertThat(stage.versions()).containsExactly(call.version());
    }

    /** A new snapshot does not show it either, and that is final. In the caller's transaction nobody can ask for its level. */
    @ParameterizedTest
    @MethodSource("insertsOfChildren")
    void failsWhereTheAuthorIsNowhere(Call call, Mode mode, Database database) throws SQLException {
        Stage stage = stage(mode, database);
        database.execute("DELETE FROM users");
        Ending ending = stage.ending(stage.start(call::run));
        boolean mayRetry = mode.fixedSnapshot() || !mode.autocommit();
        assertThat(ending).isEqualTo(Ending.failed("23503", FailureCode.REFERENCE_MISSING, mayRetry));
        assertThat(retries(stage))
                .isEqualTo(
                        mode.fixedSnapshot() && mode.autocommit() ? List.of(FailureCode.REFERENCE_MISSING) : List.of());
        assertThat(stage.parents()).isZero();
    }

    /** By hand. */
    @InEveryTransaction
    @Tag(InterleavingCount.CONTROL)
    void aChildByHandDoesNotSeeTheAuthorEither(Mode mode, Database database) throws SQLException {
        Stage stage = stage(mode, database);
        database.execute("DELETE FROM users");
        stage.writer.run(INSERT, Stage.PARENT);
        stage.otherCommits(INSERT_USER);
        Running<String> child = stage.start(connection -> "rows "
                + UnsafeWrite.execute(connection, "INSERT INTO messages (conversation_id, author) VALUES (?, ?)"));
        assertThat(child.result()).isEqualTo(mode.fixedSnapshot() ? "23503" : "rows 1");
    }

    private static List<FailureCode> retries(Stage stage) {
        return requireNonNull(stage.chat.event(stage.writer)).retries();
    }

    private static Stage stage(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        database.execute("INSERT INTO workspaces VALUES (" + Stage.PARENT + "); INSERT INTO users VALUES ("
                + Stage.PARENT + ")");
        return stage;
    }
}

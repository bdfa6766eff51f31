package dev.writeguard.ensure.race;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureOutcome;
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
        INSERT_ALL;

        boolean writesChild() {
            return this == INSERT || this == INSERT_ALL;
        }

        /** The rows refer to a workspace and a user, too. */
        String run(Connection connection) {
            EnsureParent ensure = chat.on(connection);
            ParentRule parents = chat.touching().parent();
            ParentRow parent = parents.row(
                    parents.key(Stage.PARENT),
                    parents.values().set("workspace", Stage.PARENT).build());
            ChildRule messages = chat.touching();
            ChildRow child = messages.row(
                    parent, messages.values().set("author", Stage.PARENT).build());
            return switch (this) {
                case ENSURE -> name(ensure.ensure(parent));
                case ENSURE_ALL ->
                    name(ensure.ensureAll(parents, List.of(parent)).get(0));
                case INSERT -> GuardedWrite.parentOf(ensure.insert(messages, child));
                case INSERT_ALL ->
                    GuardedWrite.parentOf(
                            ensure.insertAll(messages, List.of(child)).get(0));
            };
        }

        private static String name(EnsureOutcome outcome) {
            return outcome.name();
        }
    }

    static Stream<Arguments> calls() {
        return Stream.of(Call.values()).flatMap(call -> Stream.of(Mode.values()).map(mode -> Arguments.of(call, mode)));
    }

    static Stream<Arguments> insertsOfChildren() {
        return calls().filter(arguments -> ((Call) arguments.get()[0]).writesChild());
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
            assertThat(stage.ending(write)).isEqualTo(Ending.existing().children(call.writesChild() ? 1 : 0));
            // The new run may be at the conversation before the other, and be the victim again.
            assertThat(retries(stage))
                    .startsWith(FailureCode.DEADLOCK)
                    .isSubsetOf(FailureCode.DEADLOCK, FailureCode.SERIALIZATION_FAILURE);
            assertThat(stage.versions()).containsExactly("1");
        } else {
            assertThat(stage.ending(write)).isEqualTo(Ending.failed("40P01", FailureCode.DEADLOCK, true));
            assertThat(retries(stage)).isEmpty();
            other.result();
        }
    }

    /** Both write into the conversation. */
    @ParameterizedTest
    @MethodSource("calls")
    void losesAgainstAnUpdate(Call call, Mode mode, Database database) throws SQLException {
        Stage stage = stage(mode, database);
        stage.parentExists();
        stage.otherBegins("UPDATE conversations SET version = version + 1 WHERE id = ?");
        Running<String> write = stage.start(call::run).awaitBlockedBy(stage.other);
        stage.other.commit();
        Ending ending = stage.endingAtLast(write, 0, call::run);
        assertThat(ending).isEqualTo(Ending.existing().children(call.writesChild() ? 1 : 0));
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
        assertThat(ending).isEqualTo(Ending.created().children(1));
        assertThat(stage.versions()).containsExactly("1");
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

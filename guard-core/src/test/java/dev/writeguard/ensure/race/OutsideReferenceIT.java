package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** A child's other foreign key, of which Guard was told nothing: the author. Here, and only here, 23503 comes through. */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class OutsideReferenceIT {

    private static final Ending MISSING = Ending.failed("23503", FailureCode.REFERENCE_MISSING, false);
    private static final Ending MISSING_OR_INVISIBLE = Ending.failed("23503", FailureCode.REFERENCE_MISSING, true);
    private static final String USER = "INSERT INTO users VALUES (?)";

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    /** After a failure inside the caller's transaction nobody can ask for its level, so that a retry is allowed. */
    @InEveryMode
    void isMissing(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        assertThat(stage.ending(stage.start(OutsideReferenceIT::insert)))
                .isEqualTo(mode == Mode.RC_AUTOCOMMIT ? MISSING : MISSING_OR_INVISIBLE);
        assertThat(stage.parents()).isZero();
    }

    @InEveryTransaction
    void isTooNewForTheSnapshotAndFoundByARetry(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        stage.writerLooksAround();
        stage.otherCommits(USER);
        Ending ending = stage.ending(stage.start(OutsideReferenceIT::insert));
        if (mode.fixedSnapshot()) {
            assertThat(ending).isEqualTo(MISSING_OR_INVISIBLE);
            assertThat(stage.parents()).isZero();
            mode.begin(stage.writer);
            ending = stage.ending(stage.start(OutsideReferenceIT::insert));
        }
        assertThat(ending).isEqualTo(new Ending("inserted", 0, 1));
    }

    @InEveryMode
    void isDeletedByATransactionThatCommits(Mode mode, Database database) throws SQLException {
        Stage stage = new Stage(database, chat, mode);
        database.execute("INSERT INTO users VALUES (" + Stage.PARENT + ")");
        stage.otherBegins("DELETE FROM users WHERE id = ?");
        Running<String> insert = stage.start(OutsideReferenceIT::insert).awaitBlockedBy(stage.other);
        stage.other.commit();
        assertThat(stage.ending(insert))
                .isEqualTo(
                        switch (mode) {
                            case RC -> MISSING_OR_INVISIBLE;
                            case RC_AUTOCOMMIT -> MISSING;
                            // Guard has run it again, and the user is still not there.
                            case RR_AUTOCOMMIT, SER_AUTOCOMMIT -> MISSING_OR_INVISIBLE;
                            default -> Ending.SERIALIZATION_FAILURE;
                        });
        assertThat(stage.parents()).isZero();
    }

    private static String insert(Connection connection) {
        ChildRule rule = chat.messages();
        ChildRow message = rule.row(
                Chat.parent(rule.parent(), Stage.PARENT),
                rule.values().set("author", Stage.PARENT).build());
        return chat.on(connection).insert(rule, message).name();
    }
}

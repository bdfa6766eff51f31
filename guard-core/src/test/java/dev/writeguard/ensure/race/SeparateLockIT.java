package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Why the child's own statement locks the parent. That Guard inserts the child once, however often it repeats, is in
 * {@link InterleavingsIT} and {@link RepetitionLimitIT}.
 */
@Schema(Chat.SQL)
@ExtendWith(InterleavingCount.class)
class SeparateLockIT {

    private static final String[] STATEMENTS = {
        "INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO NOTHING",
        "SELECT id FROM conversations WHERE id = ? FOR KEY SHARE",
        "INSERT INTO messages (conversation_id) SELECT id FROM conversations WHERE id = ?"
    };

    private static Chat chat;

    @BeforeAll
    static void compileRules(Database database) throws SQLException {
        chat = new Chat(database);
    }

    /** The parent is absent for the lock and there for the child, so that the loop runs again, with the child stored. */
    @Test
    @Tag(InterleavingCount.CONTROL)
    void aLockInAStatementOfItsOwnInsertsTheChildTwice(Database database) throws SQLException {
        Stage stage = new Stage(database, chat, Mode.RC);
        stage.parentExists();
        stage.writer.run(STATEMENTS[0], Stage.PARENT);
        stage.otherCommits("DELETE FROM conversations WHERE id = ?");
        long locked = stage.writer.run(() -> UnsafeWrite.execute(stage.writer.connection(), STATEMENTS[1]));
        stage.otherCommits("INSERT INTO conversations (id) VALUES (?)");
        stage.writer.run(STATEMENTS[2], Stage.PARENT);
        assertThat(locked).isZero();
        stage.writer.run(() -> loop(stage.writer.connection()));
        stage.writer.commit();
        assertThat(database.queryLong("SELECT count(*) FROM messages")).isEqualTo(2);
    }

    private static void loop(Connection connection) throws SQLException {
        boolean locked = false;
        while (!locked) {
            UnsafeWrite.execute(connection, STATEMENTS[0]);
            locked = UnsafeWrite.execute(connection, STATEMENTS[1]) > 0;
            UnsafeWrite.execute(connection, STATEMENTS[2]);
        }
    }
}

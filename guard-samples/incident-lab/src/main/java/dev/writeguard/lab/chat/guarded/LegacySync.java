package dev.writeguard.lab.chat.guarded;

import dev.writeguard.Guard;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.LegacySyncException;
import dev.writeguard.lab.chat.MessageWriter;
import dev.writeguard.rule.ParentRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** The first sync that was ever written, still used by old clients. */
@Component
class LegacySync implements MessageWriter {

    private final DataSource database;
    private final Guard guard;
    private final ChatRows rows;

    LegacySync(DataSource database, Guard guard, ChatRows rows) {
        this.database = database;
        this.guard = guard;
        this.rows = rows;
    }

    // region write
    @Override
    public void write(IncomingMessage message) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (id) DO NOTHING")) {
            // Guard's lock lasts until the commit. What is closed without one, the pool rolls back.
            connection.setAutoCommit(false);
            ParentRow conversation = rows.conversation(message);
            guard.ensureParent(connection).ensure(conversation).orThrow();
            insert.setObject(1, message.id());
            insert.setObject(2, message.conversationId());
            insert.setLong(3, message.senderId());
            insert.setString(4, message.body());
            insert.executeUpdate();
            connection.commit();
        } catch (SQLException failure) {
            throw new LegacySyncException(failure);
        }
    }
    // endregion
}

package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.LegacySyncException;
import dev.writeguard.lab.chat.MessageWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** The first sync that was ever written, still used by old clients. */
@Component
class LegacySync implements MessageWriter {

    private final DataSource database;

    LegacySync(DataSource database) {
        this.database = database;
    }

    // region write
    @Override
    public void write(IncomingMessage message) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)")) {
            insert.setObject(1, message.id());
            insert.setObject(2, message.conversationId());
            insert.setLong(3, message.senderId());
            insert.setString(4, message.body());
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new LegacySyncException(failure);
        }
    }
    // endregion
}

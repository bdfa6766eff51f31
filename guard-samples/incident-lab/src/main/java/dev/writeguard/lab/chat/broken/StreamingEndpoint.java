package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** A streamed answer is stored when it is complete. */
@Component
class StreamingEndpoint implements MessageWriter {

    private final JdbcTemplate jdbc;

    StreamingEndpoint(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // region write
    @Override
    public void write(IncomingMessage message) {
        jdbc.update(
                "INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)",
                message.id(),
                message.conversationId(),
                message.senderId(),
                message.body());
    }
    // endregion
}

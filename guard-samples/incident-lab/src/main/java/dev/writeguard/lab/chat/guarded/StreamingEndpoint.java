package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A streamed answer is stored when it is complete. */
@Component
class StreamingEndpoint implements MessageWriter {

    private final EnsureParent ensure;
    private final ChatRows rows;
    private final JdbcTemplate jdbc;

    StreamingEndpoint(EnsureParent ensure, ChatRows rows, JdbcTemplate jdbc) {
        this.ensure = ensure;
        this.rows = rows;
        this.jdbc = jdbc;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        ensure.ensure(rows.conversation(message)).orThrow();
        jdbc.update(
                "INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO NOTHING",
                message.id(),
                message.conversationId(),
                message.senderId(),
                message.body());
    }
    // endregion
}

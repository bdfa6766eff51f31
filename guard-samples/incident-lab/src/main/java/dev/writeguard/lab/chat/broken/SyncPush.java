package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.BatchWriter;
import dev.writeguard.lab.chat.IncomingMessage;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A device uploads what it wrote while it was offline. */
@Component
class SyncPush implements BatchWriter {

    private final JdbcTemplate jdbc;

    SyncPush(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // region write
    @Override
    @Transactional
    public void write(List<IncomingMessage> messages) {
        jdbc.batchUpdate(
                "INSERT INTO conversations (id, owner_id, title) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                messages.stream()
                        .map(message -> new Object[] {message.conversationId(), message.senderId(), message.title()})
                        .toList());
        jdbc.batchUpdate(
                "INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)",
                messages.stream()
                        .map(message ->
                                new Object[] {message.id(), message.conversationId(), message.senderId(), message.body()
                                })
                        .toList());
    }
    // endregion
}

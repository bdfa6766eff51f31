package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Remembers which conversations exist, to save the look. */
@Component
class CachedDatabaseService implements MessageWriter {

    private final JdbcClient jdbc;
    private final Set<UUID> known = ConcurrentHashMap.newKeySet();

    CachedDatabaseService(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        if (!known.contains(message.conversationId())) {
            createIfAbsent(message);
            known.add(message.conversationId());
        }
        jdbc.sql("INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)")
                .params(message.id(), message.conversationId(), message.senderId(), message.body())
                .update();
    }

    private void createIfAbsent(IncomingMessage message) {
        if (jdbc.sql("SELECT 1 FROM conversations WHERE id = ?")
                .param(message.conversationId())
                .query()
                .listOfRows()
                .isEmpty()) {
            jdbc.sql("INSERT INTO conversations (id, owner_id, title) VALUES (?, ?, ?)")
                    .params(message.conversationId(), message.senderId(), message.title())
                    .update();
        }
    }
    // endregion
}

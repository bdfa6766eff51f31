package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Remembered which conversations exist; now the guard looks, and locks what it has seen. */
@Component
class CachedDatabaseService implements MessageWriter {

    private final EnsureParent ensure;
    private final ChatRows rows;
    private final JdbcClient jdbc;

    CachedDatabaseService(EnsureParent ensure, ChatRows rows, JdbcClient jdbc) {
        this.ensure = ensure;
        this.rows = rows;
        this.jdbc = jdbc;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        ensure.ensure(rows.conversation(message)).orThrow();
        jdbc.sql("INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO NOTHING")
                .params(message.id(), message.conversationId(), message.senderId(), message.body())
                .update();
    }
    // endregion
}

package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.BatchWriter;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A device uploads what it wrote while it was offline. */
@Component
class SyncPush implements BatchWriter {

    private final EnsureParent ensure;
    private final ChatRows rows;
    private final JdbcTemplate jdbc;

    SyncPush(EnsureParent ensure, ChatRows rows, JdbcTemplate jdbc) {
        this.ensure = ensure;
        this.rows = rows;
        this.jdbc = jdbc;
    }

    // region write
    @Override
    @Transactional
    public void write(List<IncomingMessage> messages) {
        ensure.ensureAll(rows.rule(), messages.stream().map(rows::conversation).toList())
                .forEach(EnsureOutcome::orThrow);
        jdbc.batchUpdate(
                "INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO NOTHING",
                messages.stream()
                        .map(message ->
                                new Object[] {message.id(), message.conversationId(), message.senderId(), message.body()
                                })
                        .toList());
    }
    // endregion
}

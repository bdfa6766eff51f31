package dev.writeguard.lab.chat;

import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the scenarios do on the tables beside the write paths. */
@Component
class ChatTables {

    private final JdbcClient jdbc;

    ChatTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void create(UUID conversation, long owner) {
        jdbc.sql("INSERT INTO conversations (id, owner_id, title) VALUES (?, ?, 'Plans')")
                .params(conversation, owner)
                .update();
    }

    /**
     * Deletes a conversation as it should be done, under its lock.
     *
     * @return the number of messages deleted with it; empty if it was not there
     */
    @Transactional
    public OptionalInt delete(UUID conversation) {
        if (jdbc.sql("SELECT 1 FROM conversations WHERE id = ? FOR UPDATE")
                .param(conversation)
                .query()
                .listOfRows()
                .isEmpty()) {
            return OptionalInt.empty();
        }
        int messages = jdbc.sql("DELETE FROM messages WHERE conversation_id = ?")
                .param(conversation)
                .update();
        jdbc.sql("DELETE FROM conversations WHERE id = ?").param(conversation).update();
        return OptionalInt.of(messages);
    }

    long conversations(UUID conversation) {
        return count("SELECT count(*) FROM conversations WHERE id = ?", conversation);
    }

    long messages(UUID conversation) {
        return count("SELECT count(*) FROM messages WHERE conversation_id = ?", conversation);
    }

    private long count(String sql, UUID conversation) {
        return jdbc.sql(sql).param(conversation).query(Long.class).single();
    }
}

package dev.writeguard.lab.chat.guarded;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.lab.chat.IncomingMessage;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLInsert;
import org.hibernate.jdbc.Expectation;

/** As on the broken side, with what is declared once for all paths that write through Hibernate. */
// region entity
@Entity(name = "GuardedMessage")
@Table(name = "messages")
// A client may send a message twice. It stays as it came first, also for a merge.
@Immutable
@SQLInsert(
        sql = "INSERT INTO messages (body, conversation_id, created_at, sender_id, id)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        verify = Expectation.None.class)
@SuppressWarnings("unused") // Hibernate reads the fields.
class Message {

    @Id
    private UUID id;

    // Nobody writes into another user's conversation.
    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @EnsuredParent(match = "ownerId")
    private Conversation conversation;
    // endregion

    private long senderId;

    private String body;

    private Instant createdAt = Instant.now();

    protected Message() {}

    Message(IncomingMessage incoming, Conversation conversation) {
        this.id = incoming.id();
        this.conversation = conversation;
        this.senderId = incoming.senderId();
        this.body = incoming.body();
    }
}

package dev.writeguard.lab.chat;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@SuppressWarnings("unused") // Hibernate reads the fields.
@Table(name = "messages")
public class Message {

    @Id
    private UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Conversation conversation;

    private long senderId;

    private String body;

    private Instant createdAt = Instant.now();

    protected Message() {}

    public Message(IncomingMessage incoming, Conversation conversation) {
        this.id = incoming.id();
        this.conversation = conversation;
        this.senderId = incoming.senderId();
        this.body = incoming.body();
    }
}

package dev.writeguard.spring.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "messages")
public class Message {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "conversation_id")
    private Conversation conversation;

    private String body;

    protected Message() {}

    public Message(Conversation conversation, String body) {
        this.conversation = conversation;
        this.body = body;
    }

    public @Nullable Long id() {
        return id;
    }

    public Conversation conversation() {
        return conversation;
    }

    public String body() {
        return body;
    }
}

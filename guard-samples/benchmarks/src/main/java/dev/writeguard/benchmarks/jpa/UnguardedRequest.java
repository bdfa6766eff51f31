package dev.writeguard.benchmarks.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;

/** The same message, without a word of its conversation. */
@Entity
@Table(name = "requests")
class UnguardedRequest {

    @Id
    UUID id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "conversation_id")
    Conversation conversation;

    String body;

    protected UnguardedRequest() {}

    UnguardedRequest(UUID id, Conversation conversation, String body) {
        this.id = id;
        this.conversation = conversation;
        this.body = body;
    }
}

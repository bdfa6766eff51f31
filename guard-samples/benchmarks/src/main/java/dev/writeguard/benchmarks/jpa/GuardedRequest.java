package dev.writeguard.benchmarks.jpa;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;

/** A message whose conversation is ensured. */
@Entity
@Table(name = "requests")
class GuardedRequest {

    @Id
    UUID id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "conversation_id")
    @EnsuredParent
    Conversation conversation;

    String body;

    protected GuardedRequest() {}

    GuardedRequest(UUID id, Conversation conversation, String body) {
        this.id = id;
        this.conversation = conversation;
        this.body = body;
    }
}

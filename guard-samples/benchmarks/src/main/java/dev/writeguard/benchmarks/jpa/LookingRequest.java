package dev.writeguard.benchmarks.jpa;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;

/** The same, for conversations that are mostly there. */
@Entity
@Table(name = "requests")
class LookingRequest {

    @Id
    UUID id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "conversation_id")
    @EnsuredParent(lookFirst = true)
    Conversation conversation;

    String body;

    protected LookingRequest() {}

    LookingRequest(UUID id, Conversation conversation, String body) {
        this.id = id;
        this.conversation = conversation;
        this.body = body;
    }
}

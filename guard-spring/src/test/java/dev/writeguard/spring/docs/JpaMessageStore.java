package dev.writeguard.spring.docs;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.jpa.Conversation;
import dev.writeguard.spring.jpa.Message;
import dev.writeguard.spring.rule.GuardModel;
import jakarta.persistence.EntityManager;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class JpaMessageStore {

    private final EnsureParent ensureParent;
    private final ParentRule conversations;
    private final EntityManager entities;

    JpaMessageStore(EnsureParent ensureParent, GuardModel model, EntityManager entities) {
        this.ensureParent = ensureParent;
        this.conversations = model.parent("conversations");
        this.entities = entities;
    }

    // tag::save[]
    @Transactional
    public void save(UUID conversationId, long owner, String body) {
        ensureParent
                .ensure(
                        conversations,
                        conversations.key(conversationId),
                        conversations.values().set("owner_id", owner).build())
                .orThrow();
        // The conversation is locked until the commit: what Hibernate writes below it finds it.
        entities.persist(new Message(entities.getReference(Conversation.class, conversationId), body));
    }
    // end::save[]
}

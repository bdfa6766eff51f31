package dev.writeguard.lab.chat.guarded;

import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs when a client comes back online with a message in its outbox. */
@Component
class OfflineSyncHook implements MessageWriter {

    private final EntityEnsureParent ensure;
    private final EntityManager entities;

    OfflineSyncHook(EntityEnsureParent ensure, EntityManager entities) {
        this.ensure = ensure;
        this.entities = entities;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        Conversation conversation = ensure.of(Message.class, "conversation")
                .ensure(new Conversation(message.conversationId(), message.senderId(), message.title()));
        conversation.add(message);
        entities.persist(conversation);
    }
    // endregion
}

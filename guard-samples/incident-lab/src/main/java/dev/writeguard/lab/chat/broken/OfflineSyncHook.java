package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.Conversation;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs when a client comes back online with a message in its outbox. */
@Component
class OfflineSyncHook implements MessageWriter {

    private final EntityManager entities;

    OfflineSyncHook(EntityManager entities) {
        this.entities = entities;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        Conversation conversation = entities.find(Conversation.class, message.conversationId());
        if (conversation == null) {
            conversation = new Conversation(message.conversationId(), message.senderId(), message.title());
        }
        conversation.add(message);
        entities.persist(conversation);
    }
    // endregion
}

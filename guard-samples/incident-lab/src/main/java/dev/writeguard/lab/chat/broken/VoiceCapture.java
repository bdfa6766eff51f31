package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.Conversation;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.Message;
import dev.writeguard.lab.chat.MessageWriter;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores a voice message as soon as it is recorded. */
@Component
class VoiceCapture implements MessageWriter {

    private final EntityManager entities;

    VoiceCapture(EntityManager entities) {
        this.entities = entities;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        Conversation conversation = entities.getReference(Conversation.class, message.conversationId());
        entities.persist(new Message(message, conversation));
    }
    // endregion
}

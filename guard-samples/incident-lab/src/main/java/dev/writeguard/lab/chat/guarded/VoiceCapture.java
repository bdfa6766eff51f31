package dev.writeguard.lab.chat.guarded;

import dev.writeguard.lab.chat.IncomingMessage;
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
        Conversation conversation = new Conversation(message.conversationId(), message.senderId(), message.title());
        entities.persist(new Message(message, conversation));
    }
    // endregion
}

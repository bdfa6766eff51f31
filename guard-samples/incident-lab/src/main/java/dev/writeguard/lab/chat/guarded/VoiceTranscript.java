package dev.writeguard.lab.chat.guarded;

import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores the transcript that the speech service delivers later. */
@Component
class VoiceTranscript implements MessageWriter {

    private final EntityManager entities;

    VoiceTranscript(EntityManager entities) {
        this.entities = entities;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        Conversation conversation = new Conversation(message.conversationId(), message.senderId(), message.title());
        entities.merge(new Message(message, conversation));
    }
    // endregion
}

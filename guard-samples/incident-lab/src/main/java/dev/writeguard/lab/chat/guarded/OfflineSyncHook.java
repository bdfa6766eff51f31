package dev.writeguard.lab.chat.guarded;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.lab.chat.ChatRows;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs when a client comes back online with a message in its outbox. */
@Component
class OfflineSyncHook implements MessageWriter {

    private final EnsureParent ensure;
    private final ChatRows rows;
    private final EntityManager entities;

    OfflineSyncHook(EnsureParent ensure, ChatRows rows, EntityManager entities) {
        this.ensure = ensure;
        this.rows = rows;
        this.entities = entities;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        ensure.ensure(rows.conversation(message)).orThrow();
        Conversation conversation = entities.getReference(Conversation.class, message.conversationId());
        conversation.add(message);
        entities.persist(conversation);
    }
    // endregion
}

package dev.writeguard.lab.chat.guarded;

import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The server copies messages from another device of the same user. */
@Component
class SyncPull implements MessageWriter {

    private final GuardedMessages messages;

    SyncPull(GuardedMessages messages) {
        this.messages = messages;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        messages.insert(message.id(), message.conversationId(), message.senderId(), message.body(), message.title());
    }
    // endregion
}

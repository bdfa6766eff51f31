package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.Conversations;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import dev.writeguard.lab.chat.Messages;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The server copies messages from another device of the same user. */
@Component
class SyncPull implements MessageWriter {

    private final Conversations conversations;
    private final Messages messages;

    SyncPull(Conversations conversations, Messages messages) {
        this.conversations = conversations;
        this.messages = messages;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        conversations.insertIfAbsent(message.conversationId(), message.senderId(), message.title());
        messages.insert(message.id(), message.conversationId(), message.senderId(), message.body());
    }
    // endregion
}

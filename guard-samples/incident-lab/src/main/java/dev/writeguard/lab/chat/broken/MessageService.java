package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.Conversation;
import dev.writeguard.lab.chat.Conversations;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.Message;
import dev.writeguard.lab.chat.MessageWriter;
import dev.writeguard.lab.chat.Messages;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The ordinary way: the service behind the REST interface. */
@Component
class MessageService implements MessageWriter {

    private final Conversations conversations;
    private final Messages messages;

    MessageService(Conversations conversations, Messages messages) {
        this.conversations = conversations;
        this.messages = messages;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        Conversation conversation = conversations
                .findById(message.conversationId())
                .orElseGet(() -> conversations.save(
                        new Conversation(message.conversationId(), message.senderId(), message.title())));
        messages.save(new Message(message, conversation));
    }
    // endregion
}

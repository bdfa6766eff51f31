package dev.writeguard.lab.chat.guarded;

import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.MessageWriter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The ordinary way: the service behind the REST interface. */
@Component
class MessageService implements MessageWriter {

    private final GuardedMessages messages;

    MessageService(GuardedMessages messages) {
        this.messages = messages;
    }

    // region write
    @Override
    @Transactional
    public void write(IncomingMessage message) {
        Conversation conversation = new Conversation(message.conversationId(), message.senderId(), message.title());
        messages.save(new Message(message, conversation));
    }
    // endregion
}

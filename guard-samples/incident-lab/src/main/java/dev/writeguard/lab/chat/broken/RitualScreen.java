package dev.writeguard.lab.chat.broken;

import dev.writeguard.lab.chat.BatchWriter;
import dev.writeguard.lab.chat.Conversations;
import dev.writeguard.lab.chat.IncomingMessage;
import dev.writeguard.lab.chat.Message;
import dev.writeguard.lab.chat.Messages;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The evening ritual writes all its answers at once. */
@Component
class RitualScreen implements BatchWriter {

    private final Conversations conversations;
    private final Messages messages;

    RitualScreen(Conversations conversations, Messages messages) {
        this.conversations = conversations;
        this.messages = messages;
    }

    // region write
    @Override
    @Transactional
    public void write(List<IncomingMessage> answers) {
        messages.saveAll(answers.stream()
                .map(answer -> new Message(answer, conversations.getReferenceById(answer.conversationId())))
                .toList());
    }
    // endregion
}

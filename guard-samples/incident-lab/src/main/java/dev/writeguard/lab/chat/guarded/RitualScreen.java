package dev.writeguard.lab.chat.guarded;

import dev.writeguard.lab.chat.BatchWriter;
import dev.writeguard.lab.chat.IncomingMessage;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The evening ritual writes all its answers at once. */
@Component
class RitualScreen implements BatchWriter {

    private final GuardedMessages messages;

    RitualScreen(GuardedMessages messages) {
        this.messages = messages;
    }

    // region write
    @Override
    @Transactional
    public void write(List<IncomingMessage> answers) {
        messages.saveAll(answers.stream()
                .map(answer -> new Message(
                        answer, new Conversation(answer.conversationId(), answer.senderId(), answer.title())))
                .toList());
    }
    // endregion
}

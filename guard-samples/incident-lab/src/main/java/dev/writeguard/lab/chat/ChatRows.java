package dev.writeguard.lab.chat;

import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.rule.GuardModel;
import org.springframework.stereotype.Component;

/** Says to Guard which conversation a message needs, and what it is made of. */
@Component
public class ChatRows {

    private final ParentRule conversations;

    ChatRows(GuardModel model) {
        conversations = model.parent("conversations");
    }

    public ParentRule rule() {
        return conversations;
    }

    // region rows
    public ParentRow conversation(IncomingMessage message) {
        return conversations.row(
                conversations.key(message.conversationId()),
                conversations
                        .values()
                        .set("owner_id", message.senderId())
                        .set("title", message.title())
                        .build());
    }
    // endregion
}

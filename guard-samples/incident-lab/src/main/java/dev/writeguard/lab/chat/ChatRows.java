package dev.writeguard.lab.chat;

import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.rule.GuardModel;
import org.springframework.stereotype.Component;

/** Says to Guard what a message and its conversation are made of. */
@Component
public class ChatRows {

    private final ParentRule conversations;
    private final ChildRule messages;

    ChatRows(GuardModel model) {
        conversations = model.parent("conversations");
        messages = model.child("messages");
    }

    public ChildRule rule() {
        return messages;
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

    public ChildRow message(IncomingMessage message) {
        return messages.row(
                conversation(message),
                messages.values()
                        .set("id", message.id())
                        .set("sender_id", message.senderId())
                        .set("body", message.body())
                        .build());
    }
    // endregion
}

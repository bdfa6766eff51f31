package dev.writeguard.lab.chat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import org.springframework.stereotype.Component;

/** What a conversation and a message are to Guard, said once for all paths. */
@Component
public class ChatRules {

    // region rules
    private final ParentRule conversations;
    private final ChildRule messages;

    ChatRules(Guard guard) {
        conversations = ParentRule.on(guard.graph(), "conversations")
                .match("owner_id") // nobody writes into another user's conversation
                .build();
        messages = ChildRule.on(guard.graph(), "messages", conversations)
                .onceBy("id") // a client may send a message twice
                .build();
    }

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

    public ChildRule messages() {
        return messages;
    }
}

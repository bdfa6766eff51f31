package dev.writeguard.lab.chat;

import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.RuleDeclarations;
import org.springframework.stereotype.Component;

/** What a conversation and a message are to Guard, said once for all paths. */
@Component
final class ChatRules implements GuardRules {

    // region rules
    @Override
    public void declare(RuleDeclarations rules) {
        // Nobody writes into another user's conversation.
        rules.parent("conversations", rule -> rule.match("owner_id"));
        // A client may send a message twice.
        rules.child("messages", "conversations", rule -> rule.onceBy("id"));
    }
    // endregion
}

package dev.writeguard.lab.chat;

import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.RuleDeclarations;
import org.springframework.stereotype.Component;

/** What a conversation is to Guard, said once for all paths that write through JDBC. */
@Component
final class ChatRules implements GuardRules {

    // region rules
    @Override
    public void declare(RuleDeclarations rules) {
        // Nobody writes into another user's conversation.
        rules.parent("conversations", rule -> rule.match("owner_id"));
    }
    // endregion
}

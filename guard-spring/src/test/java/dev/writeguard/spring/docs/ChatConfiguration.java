package dev.writeguard.spring.docs;

import dev.writeguard.spring.rule.GuardRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

    // tag::rules[]
    @Bean
    GuardRules chatRules() {
        return rules -> rules
                // Nobody writes into somebody else's conversation.
                .parent("conversations", rule -> rule.match("owner_id"))
                // A client that sends a message again sends no second message.
                .child("messages", "conversations", rule -> rule.onceBy("client_id"));
    }
    // end::rules[]
}

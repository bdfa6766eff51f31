package dev.writeguard.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.Chat;
import dev.writeguard.spring.jpa.Conversation;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import dev.writeguard.violation.GuardException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The code for users of Spring Boot on {@code docs/ensure-parent.md}. */
@SpringBootTest(
        classes = SpringDocsIT.Application.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "spring.flyway.enabled=false")
@DirtiesContext
class SpringDocsIT {

    private static final Database DATABASE = Database.create(
            "springdocs", Chat.SCHEMA + "ALTER TABLE conversations DROP CONSTRAINT conversations_title_key;");

    private final UUID conversation = UUID.randomUUID();

    @Autowired
    private JpaMessageStore messages;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::url);
    }

    @Test
    void persistsAMessageUnderAConversationThatWasNotThere() throws Exception {
        messages.save(conversation, 1, "Noon?");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void persistsNothingIntoSomebodyElsesConversation() throws Exception {
        messages.save(conversation, 1, "Noon?");
        assertThatThrownBy(() -> messages.save(conversation, 2, "Me too")).isInstanceOf(GuardException.class);
        assertThat(stored()).isEqualTo(1);
    }

    private long stored() throws Exception {
        return DATABASE.queryLong("SELECT count(*) FROM messages WHERE conversation_id = ?", conversation);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EntityScan(basePackageClasses = Conversation.class)
    @Import(JpaMessageStore.class)
    static class Application {

        @Bean
        GuardRules chatRules() {
            return Chat.RULES;
        }
    }
}

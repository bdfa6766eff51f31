package dev.writeguard.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.jpa.Conversation;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DataJpaTest
@DirtiesContext
class DataJpaSliceIT {

    private static final Database DATABASE = Database.create("jpaslice", "");

    @Autowired
    private EnsureParent ensureParent;

    @Autowired
    private GuardModel model;

    @Autowired
    private TestEntityManager entities;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::url);
        registry.add("spring.test.database.replace", () -> "none");
        registry.add("spring.flyway.locations", () -> "classpath:migrations");
    }

    @Test
    void offersGuardInTheTransactionOfTheTest() throws Exception {
        UUID id = UUID.randomUUID();
        ParentRule rule = model.parent("conversations");
        ensureParent.ensure(rule, rule.key(id), Chat.titled(rule, "in a slice"));
        assertThat(entities.find(Conversation.class, id).title()).isEqualTo("in a slice");
        assertThat(DATABASE.queryLong("SELECT count(*) FROM conversations WHERE id = ?", id))
                .isZero();
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Rules {

        @Bean
        GuardRules chatRules() {
            return Chat.RULES;
        }
    }
}

package dev.writeguard.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@JdbcTest
@DirtiesContext
class JdbcSliceIT {

    private static final Database DATABASE = Database.create("jdbcslice", "");

    @Autowired
    private EnsureParent ensureParent;

    @Autowired
    private GuardModel model;

    @Autowired
    private JdbcTemplate jdbc;

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
        assertThat(jdbc.queryForObject("SELECT count(*) FROM conversations WHERE id = ?", Long.class, id))
                .isEqualTo(1);
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

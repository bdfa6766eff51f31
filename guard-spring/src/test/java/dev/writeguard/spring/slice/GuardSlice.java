package dev.writeguard.spring.slice;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the tests of Boot's slices share: a database of their own, the rules, and a parent that is ensured in the test. */
@DirtiesContext
@Import(GuardSlice.Rules.class)
abstract class GuardSlice {

    private static final Database DATABASE = Database.create("slice", "");

    @Autowired
    private EnsureParent ensureParent;

    @Autowired
    private GuardModel model;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::url);
        registry.add("spring.test.database.replace", () -> "none");
        registry.add("spring.flyway.locations", () -> "classpath:migrations");
    }

    /** A new conversation of that title. */
    UUID ensured(String title) {
        UUID id = UUID.randomUUID();
        ParentRule rule = model.parent("conversations");
        ensureParent.ensure(rule, rule.key(id), Chat.titled(rule, title));
        return id;
    }

    /** How many conversations of that id other sessions see. */
    static long committed(UUID id) throws SQLException {
        return DATABASE.queryLong("SELECT count(*) FROM conversations WHERE id = ?", id);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Rules {

        @Bean
        GuardRules chatRules() {
            return Chat.RULES;
        }
    }
}

package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.metrics.GuardMeters;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** With everything found by itself; what a person reads whose application does not start. */
@ExtendWith(OutputCaptureExtension.class)
@Schema(Chat.SCHEMA)
class WholeApplicationIT {

    private final Database database;

    WholeApplicationIT(Database database) {
        this.database = database;
    }

    @Test
    void startsWithRulesThatFit(CapturedOutput output) {
        try (var context = application(FittingRules.class).run()) {
            assertThat(context.getBeansOfType(GuardMeters.class)).hasSize(1);
        }
        assertThat(output)
                .contains("Guard on 'entityManagerFactory' (PostgreSQL ")
                .contains("2 foreign keys: 1 guarded, 1 not, 1 without an index");
    }

    @Test
    void listsFaultsAndCures(CapturedOutput output) {
        assertThatThrownBy(() -> application(MisfitRules.class).run()).isInstanceOf(InvalidRulesException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Guard's rules do not fit the database (GRD-901)")
                .contains("parent rule 'conversations'\n    - public.conversations has no column \"owner\"\n"
                        + "      use one of")
                .contains(
                        "child rule 'users'\n    - no foreign key leads from public.users to [id] of public.messages\n"
                                + "      ALTER TABLE \"public\".\"users\" ADD FOREIGN KEY")
                .contains("guard.startup-check=warn");
    }

    @Test
    void explainsTheMissingBeanToWhoNeedsIt(CapturedOutput output) {
        assertThatThrownBy(() -> application(NeedsModel.class)
                        .properties("guard.exclude=entityManagerFactory")
                        .run())
                .isNotNull();
        assertThat(output)
                .contains("Guard leaves the database 'entityManagerFactory' alone: guard.exclude names it")
                .contains("APPLICATION FAILED TO START")
                .contains("No qualifying bean of type 'dev.writeguard.spring.rule.GuardModel'")
                .contains("Guard leaves the database alone, as it said above with the reason.")
                .contains("inject an ObjectProvider<GuardModel> where Guard may be missing");
    }

    private SpringApplicationBuilder application(Class<?> configuration) {
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.hikari.maximum-pool-size=2",
                        "spring.flyway.enabled=false");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class FittingRules {

        @Bean
        GuardRules chatRules() {
            return Chat.RULES;
        }

        @Bean
        List<String> usesThem(EnsureParent ensureParent, GuardModel model) {
            return List.of(ensureParent.toString(), model.child("messages").toString());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class MisfitRules {

        @Bean
        GuardRules misfitRules() {
            return rules -> rules.parent("conversations", rule -> rule.match("owner"))
                    .parent("messages")
                    .child("users", "messages");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NeedsModel {

        @Bean
        List<String> needsModel(GuardModel model) {
            return List.of(model.toString());
        }
    }
}

package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Schema(Chat.SCHEMA)
class SeveralDataSourcesIT {

    private final Database chat;
    private final Database orders =
            Database.create("orders", "CREATE TABLE orders (id int PRIMARY KEY, note text NOT NULL DEFAULT '')");
    private final ApplicationContextRunner contexts = Contexts.bare();

    SeveralDataSourcesIT(Database database) {
        this.chat = database;
    }

    @AfterEach
    void dropOrders() throws Exception {
        orders.close();
    }

    @Test
    void givesEachDataSourceItsOwnBeansNamedAfterIt() {
        run(contexts, context -> {
            assertThat(context.getBeansOfType(Guard.class)).containsOnlyKeys("chatGuard", "ordersGuard");
            assertThat(context.getBeansOfType(GuardModel.class)).containsOnlyKeys("chatGuardModel", "ordersGuardModel");
            assertThat(context.getBeansOfType(EnsureParent.class))
                    .containsOnlyKeys("chatEnsureParent", "ordersEnsureParent");
            assertThat(context.getBean("ordersGuard", Guard.class).graph().table("messages"))
                    .isEmpty();
            assertThat(context.getBean("chatGuard", Guard.class).graph().table("messages"))
                    .isPresent();
        });
    }

    @Test
    void injectsByTheNameOfTheParameter() {
        run(contexts.withUserConfiguration(Named.class), context -> {
            NamedService service = context.getBean(NamedService.class);
            assertThat(service.orders()).isSameAs(context.getBean("ordersEnsureParent"));
            assertThat(service.chat()).isSameAs(context.getBean("chatEnsureParent"));
        });
    }

    @Test
    void writesToTheDatabaseOfTheBean() {
        GuardRules rules = GuardRules.on("ordersDataSource", declared -> declared.parent("orders"));
        run(contexts.withBean("orderRules", GuardRules.class, () -> rules), context -> {
            ParentRule rule =
                    context.getBean("ordersGuardModel", GuardModel.class).parent("orders");
            assertThat(context.getBean("ordersEnsureParent", EnsureParent.class).ensure(rule.row(rule.key(1))))
                    .isInstanceOf(Created.class);
            assertThat(orders.queryLong("SELECT count(*) FROM orders")).isEqualTo(1);
        });
    }

    @Test
    void isAmbiguousByTypeWithoutAPrimary() {
        run(
                contexts,
                context -> assertThatThrownBy(() -> context.getBean(EnsureParent.class))
                        .isInstanceOf(NoUniqueBeanDefinitionException.class));
    }

    @Test
    void followsThePrimaryDataSource() {
        contexts.withBean("chatDataSource", DataSource.class, chat::dataSource)
                .withBean("ordersDataSource", DataSource.class, orders::dataSource, bean -> bean.setPrimary(true))
                .withBean("orderRules", GuardRules.class, () -> declared -> declared.parent("orders"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(EnsureParent.class)).isSameAs(context.getBean("ordersEnsureParent"));
                    assertThat(context.getBean(Guard.class)).isSameAs(context.getBean("ordersGuard"));
                    assertThat(context.getBean(GuardModel.class).parents()).hasSize(1);
                });
    }

    @Test
    void refusesRulesThatDoNotSayWhichDatabaseTheyAreFor() {
        contexts.withBean("chatDataSource", DataSource.class, chat::dataSource)
                .withBean("ordersDataSource", DataSource.class, orders::dataSource)
                .withBean("orderRules", GuardRules.class, () -> declared -> declared.parent("orders"))
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining("GuardRules bean 'orderRules'")
                        .hasMessageContaining("none is primary")
                        .hasMessageContaining("[chatDataSource, ordersDataSource]"));
    }

    @Test
    void refusesRulesForADatabaseThatDoesNotExist() {
        GuardRules rules = GuardRules.on("odrersDataSource", declared -> declared.parent("orders"));
        contexts.withBean("ordersDataSource", DataSource.class, orders::dataSource)
                .withBean("orderRules", GuardRules.class, () -> rules)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining("'odrersDataSource', which does not exist"));
    }

    private void run(ApplicationContextRunner runner, Check check) {
        runner.withBean("chatDataSource", DataSource.class, chat::dataSource)
                .withBean("ordersDataSource", DataSource.class, orders::dataSource)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    check.on(context);
                });
    }

    private interface Check {
        void on(ApplicationContext context) throws Exception;
    }

    record NamedService(EnsureParent orders, EnsureParent chat) {}

    @Configuration(proxyBeanMethods = false)
    static class Named {

        @Bean
        NamedService namedService(EnsureParent ordersEnsureParent, EnsureParent chatEnsureParent) {
            return new NamedService(ordersEnsureParent, chatEnsureParent);
        }
    }
}

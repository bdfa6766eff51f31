package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.connection.DataSourceConnections;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

@Schema(Chat.SCHEMA)
class OneDataSourceIT {

    private final ApplicationContextRunner contexts;
    private final Database database;
    private final UUID id = UUID.randomUUID();

    OneDataSourceIT(Database database) {
        this.database = database;
        this.contexts = Contexts.jdbc(database).withUserConfiguration(ChatConfiguration.class);
    }

    @Test
    void offersItsBeansByTypeAndByName() {
        contexts.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Guard.class).hasSingleBean(EnsureParent.class);
            assertThat(context).hasBean("guard").hasBean("guardModel").hasBean("ensureParent");
            assertThat(context.getBean(Guard.class).graph().table("messages")).isPresent();
        });
    }

    @Test
    void insertsMessageAndConversationTogether() {
        contexts.run(context -> {
            ChildRule messages = context.getBean(GuardModel.class).child("messages");
            ParentRule conversations = messages.parent();
            ChildOutcome outcome = context.getBean(EnsureParent.class)
                    .insert(
                            messages,
                            messages.row(
                                    conversations.row(conversations.key(id), Chat.titled(conversations, "together")),
                                    messages.values().set("body", "hello").build()));
            assertThat(outcome).isInstanceOf(ChildOutcome.Inserted.class);
            assertThat(count("messages WHERE conversation_id = ?")).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.datasource.connection-fetch=eager",
                "spring.datasource.connection-fetch=lazy",
                "spring.datasource.hikari.auto-commit=false"
            })
    void sharesTheTransactionOfJdbcTemplate(String property) {
        contexts.withPropertyValues(property, "spring.datasource.hikari.maximum-pool-size=1")
                .run(context -> {
                    ChatService service = context.getBean(ChatService.class);
                    assertThatThrownBy(() -> service.write(id, true)).isInstanceOf(IllegalStateException.class);
                    assertThat(count("conversations WHERE id = ?")).isZero();
                    service.write(id, false);
                    assertThat(count("conversations WHERE id = ?")).isEqualTo(1);
                    assertThat(count("messages WHERE conversation_id = ?")).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.datasource.connection-fetch=lazy",
                "spring.datasource.hikari.auto-commit=true",
                "spring.datasource.hikari.auto-commit=false"
            })
    void commitsByItselfOutsideATransaction(String property) {
        contexts.withPropertyValues(property).run(context -> {
            ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
            assertThat(context.getBean(EnsureParent.class).ensure(rule, rule.key(id), Chat.titled(rule, "alone " + id)))
                    .isInstanceOf(Created.class);
            assertThat(count("conversations WHERE id = ?")).isEqualTo(1);
        });
    }

    /** The negative control of the test above: without the switch to autocommit the row goes with the connection. */
    @Test
    void losesWhatJdbcTemplateWritesOutsideATransactionWithoutAutocommit() {
        contexts.withPropertyValues("spring.datasource.hikari.auto-commit=false")
                .run(context -> {
                    context.getBean(JdbcTemplate.class).update("INSERT INTO conversations (id) VALUES (?)", id);
                    assertThat(count("conversations WHERE id = ?")).isZero();
                });
    }

    @Test
    void leavesThePoolsConnectionsAsTheyWere() {
        contexts.withPropertyValues(
                        "spring.datasource.hikari.auto-commit=false", "spring.datasource.hikari.maximum-pool-size=1")
                .run(context -> {
                    ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
                    EnsureParent ensureParent = context.getBean(EnsureParent.class);
                    ensureParent.ensure(rule, rule.key(id), Chat.titled(rule, "pool " + id));
                    ensureParent.ensure(rule, rule.key(id), Chat.titled(rule, "pool " + id));
                    Boolean autocommit = context.getBean(JdbcTemplate.class)
                            .execute((Connection connection) -> connection.getAutoCommit());
                    assertThat(autocommit).isFalse();
                });
    }

    @Test
    void standsOnTheUsersGuardWhereThereIsOne() {
        contexts.withUserConfiguration(OwnGuard.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Guard.class).hasSingleBean(EnsureParent.class);
            assertThat(context).hasBean("ownGuard").doesNotHaveBean("guard");
            assertThat(context.getBean(GuardModel.class).parent("conversations").table())
                    .isSameAs(context.getBean(Guard.class)
                            .graph()
                            .table("conversations")
                            .orElseThrow());
        });
    }

    @Test
    void keepsTheUsersEnsureParent() {
        contexts.withUserConfiguration(OwnEnsureParent.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Guard.class).hasSingleBean(EnsureParent.class);
            assertThat(context).hasBean("guard").hasBean("guardModel");
        });
    }

    @Test
    void takesLongerNamesWhereTheShortOnesAreTaken() {
        Contexts.jdbc(database)
                .withBean("guard", String.class, () -> "the user's")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Guard.class);
                    assertThat(context).hasBean("dataSourceGuard").hasBean("dataSourceEnsureParent");
                });
    }

    @Test
    void isLeftAloneWhereTheUserSaysSo() {
        Contexts.jdbc(database).withPropertyValues("guard.exclude=dataSource").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeanProvider(Guard.class).getIfAvailable()).isNull();
        });
    }

    @Test
    void worksWithoutJpaOnTheClassPath() {
        Contexts.jdbc(database)
                .withClassLoader(new FilteredClassLoader("jakarta.persistence", "org.springframework.orm"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Guard.class));
    }

    @Test
    void startsWithoutAnyDataSource() {
        Contexts.bare().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Guard.class));
    }

    @Test
    void startsWithLazyBeans() {
        contexts.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(context.getBean(GuardModel.class).parent("conversations"))
                        .isNotNull());
    }

    private long count(String from) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + from, id);
    }

    @Configuration(proxyBeanMethods = false)
    static class ChatConfiguration {

        @Bean
        GuardRules chatRules() {
            return Chat.RULES;
        }

        @Bean
        ChatService chatService(BeanFactory beans, JdbcTemplate jdbc) {
            return new ChatService(beans, jdbc);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnGuard {

        @Bean
        Guard ownGuard(DataSource dataSource) throws SQLException {
            try (Connection connection = dataSource.getConnection()) {
                return Guard.of(connection);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnEnsureParent {

        @Bean
        EnsureParent ensureParent(Guard guard, DataSource dataSource) {
            return guard.ensureParent(new DataSourceConnections(dataSource));
        }
    }

    static class ChatService {

        private final BeanFactory beans;
        private final JdbcTemplate jdbc;

        ChatService(BeanFactory beans, JdbcTemplate jdbc) {
            this.beans = beans;
            this.jdbc = jdbc;
        }

        @Transactional
        public void write(UUID conversation, boolean fail) {
            ParentRule rule = beans.getBean(GuardModel.class).parent("conversations");
            beans.getBean(EnsureParent.class)
                    .ensure(rule, rule.key(conversation), Chat.titled(rule, "written " + conversation));
            jdbc.update("INSERT INTO messages (conversation_id, body) VALUES (?, 'hi')", conversation);
            if (fail) {
                throw new IllegalStateException("after both writes");
            }
        }
    }
}

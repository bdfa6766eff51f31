package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.jpa.Conversation;
import dev.writeguard.spring.jpa.Message;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@Schema(Chat.SCHEMA)
class OneEntityManagerFactoryIT {

    private final Database database;
    private final ApplicationContextRunner contexts;
    private final UUID id = UUID.randomUUID();

    OneEntityManagerFactoryIT(Database database) {
        this.database = database;
        this.contexts = Contexts.jpa(database)
                .withUserConfiguration(Entities.class)
                .withBean("chatRules", GuardRules.class, () -> Chat.RULES);
    }

    @Test
    void offersItsBeansByTypeAndByName() {
        contexts.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Guard.class).hasSingleBean(EnsureParent.class);
            assertThat(context).hasBean("guard").hasBean("guardModel").hasBean("ensureParent");
            assertThat(context.getBean("guardDatabase")).isInstanceOf(EntityManagerFactoryDatabase.class);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.datasource.connection-fetch=eager",
                "spring.datasource.connection-fetch=lazy",
                "spring.datasource.hikari.auto-commit=false"
            })
    void sharesTheTransactionOfTheEntityManager(String property) {
        contexts.withPropertyValues(property, "spring.datasource.hikari.maximum-pool-size=1")
                .run(context -> {
                    assertThatThrownBy(() -> write(context, true)).isInstanceOf(IllegalStateException.class);
                    assertThat(count("conversations WHERE id = ?")).isZero();
                    write(context, false);
                    assertThat(count("conversations WHERE id = ?")).isEqualTo(1);
                    assertThat(count("messages WHERE conversation_id = ?")).isEqualTo(1);
                });
    }

    @Test
    void sharesItAlsoWhereHibernateTakesItsConnectionLate() {
        contexts.withPropertyValues(
                        "spring.datasource.hikari.auto-commit=false",
                        "spring.jpa.properties.hibernate.connection.provider_disables_autocommit=true")
                .run(context -> {
                    assertThatThrownBy(() -> write(context, true)).isInstanceOf(IllegalStateException.class);
                    assertThat(count("conversations WHERE id = ?")).isZero();
                    write(context, false);
                    assertThat(count("messages WHERE conversation_id = ?")).isEqualTo(1);
                });
    }

    @Test
    void asksTheDialectWhereTheTransactionManagerDoesNotExposeTheConnection() {
        contexts.withUserConfiguration(Unexposed.class).run(context -> {
            transaction(context)
                    .executeWithoutResult(status -> assertThat(
                                    TransactionSynchronizationManager.hasResource(context.getBean(DataSource.class)))
                            .isFalse());
            assertThatThrownBy(() -> transaction(context).executeWithoutResult(status -> {
                        ensure(context);
                        assertThat(context.getBean(EntityManager.class).find(Conversation.class, id))
                                .isNotNull();
                        throw new IllegalStateException("after the write");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(count("conversations WHERE id = ?")).isZero();
        });
    }

    @Test
    void joinsATransactionOfTheDataSourceRatherThanAnEntityManagerOutsideOfIt() {
        contexts.run(context -> {
            DataSource dataSource = context.getBean(DataSource.class);
            var jdbcOnly = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
            jdbcOnly.executeWithoutResult(status -> {
                EntityManager shared = SharedEntityManagerCreator.createSharedEntityManager(
                        context.getBean(EntityManagerFactory.class));
                shared.find(Conversation.class, id);
                ensure(context);
                status.setRollbackOnly();
            });
            assertThat(count("conversations WHERE id = ?")).isZero();
        });
    }

    @Test
    void startsAnInnerTransactionOfItsOwn() {
        contexts.run(context -> {
            var inner = transaction(context);
            inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            transaction(context).executeWithoutResult(outer -> {
                inner.executeWithoutResult(status -> ensure(context));
                outer.setRollbackOnly();
            });
            assertThat(count("conversations WHERE id = ?")).isEqualTo(1);
        });
    }

    @Test
    void commitsByItselfBesideAnEntityManagerWithoutATransaction() {
        contexts.run(context -> {
            EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
            // As open-in-view binds it.
            try (EntityManager entityManager = factory.createEntityManager()) {
                TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(entityManager));
                entityManager.find(Conversation.class, id);
                ensure(context);
            } finally {
                TransactionSynchronizationManager.unbindResource(factory);
            }
            assertThat(count("conversations WHERE id = ?")).isEqualTo(1);
        });
    }

    @Test
    void seesWhatTheEntityManagerHasFlushed() {
        contexts.run(context -> transaction(context).executeWithoutResult(status -> {
            EntityManager entityManager = context.getBean(EntityManager.class);
            entityManager.persist(new Conversation(id, "flushed " + id));
            entityManager.flush();
            assertThat(ensure(context).name()).isEqualTo("existing");
        }));
    }

    private void write(ApplicationContext context, boolean fail) {
        transaction(context).executeWithoutResult(status -> {
            ensure(context);
            EntityManager entityManager = context.getBean(EntityManager.class);
            entityManager.persist(new Message(entityManager.find(Conversation.class, id), "hi"));
            entityManager.flush();
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT count(*) FROM messages WHERE conversation_id = ?", Long.class, id))
                    .isEqualTo(1);
            if (fail) {
                throw new IllegalStateException("after both writes");
            }
        });
    }

    private EnsureOutcome ensure(ApplicationContext context) {
        ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
        return context.getBean(EnsureParent.class).ensure(rule, rule.key(id), Chat.titled(rule, "titled " + id));
    }

    private static TransactionTemplate transaction(ApplicationContext context) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private long count(String from) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + from, id);
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Conversation.class)
    static class Entities {}

    /** As a transaction manager that was not told of the data source. */
    @Configuration(proxyBeanMethods = false)
    static class Unexposed {

        @Bean
        static BeanPostProcessor unexposed() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof JpaTransactionManager manager) {
                        manager.setDataSource(null);
                    }
                    return bean;
                }
            };
        }
    }
}

package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.jpa.Conversation;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.PrePersist;
import java.util.UUID;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Guard reads the catalog after whatever makes it, also where a bean needs Guard before that. */
class AfterMigrationsIT {

    private final Database database = Database.create("empty", "");
    private final ApplicationContextRunner jdbc = withRules(Contexts.jdbc(database));
    private final ApplicationContextRunner jpa =
            withRules(Contexts.jpa(database)).withUserConfiguration(Entities.class);

    @AfterEach
    void drop() throws Exception {
        database.close();
    }

    @Test
    void readsWhatFlywayMade() {
        flyway(jdbc).run(this::ensures);
    }

    @Test
    void readsWhatFlywayMadeBesideJpa() {
        flyway(jpa).run(this::ensures);
    }

    @Test
    void readsWhatScriptsMade() {
        scripts(jdbc).run(this::ensures);
    }

    @Test
    void readsWhatScriptsMadeAfterJpa() {
        scripts(jpa)
                .withPropertyValues("spring.jpa.defer-datasource-initialization=true")
                .run(this::ensures);
    }

    @Test
    void readsWhatHibernateMade() {
        jpa.withPropertyValues("spring.jpa.hibernate.ddl-auto=create").run(this::ensures);
    }

    @Test
    void readsWhatHibernateMadeInTheBackground() {
        jpa.withUserConfiguration(Background.class)
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=create")
                .run(this::ensures);
    }

    @Test
    void readsWhatFlywayMadeAlsoIfAskedByTheFirstBean() {
        flyway(jdbc.withUserConfiguration(Early.class))
                .run(context -> assertThat(context.getBean("earlyRule")).isInstanceOf(ParentRule.class));
    }

    @Test
    void canBeInjectedIntoAnEntityListener() {
        jpa.withUserConfiguration(Listening.class)
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=create")
                .run(context -> {
                    UUID id = UUID.randomUUID();
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                            .executeWithoutResult(status ->
                                    context.getBean(EntityManager.class).persist(new Heard(id)));
                    assertThat(database.queryLong("SELECT count(*) FROM conversations WHERE id = ?", id))
                            .isEqualTo(1);
                });
    }

    @Test
    void canBeInjectedIntoAMigration() {
        // Flyway keeps two connections meanwhile.
        flyway(jdbc.withUserConfiguration(Migrating.class))
                .withPropertyValues("spring.datasource.hikari.maximum-pool-size=3")
                .run(this::ensures);
    }

    private void ensures(ApplicationContext context) {
        ParentRule rule = context.getBean(GuardModel.class).child("messages").parent();
        assertThat(context.getBean(EnsureParent.class)
                        .ensure(
                                rule,
                                rule.key(UUID.randomUUID()),
                                rule.values().set("owner_id", 1L).build())
                        .name())
                .isEqualTo("created");
    }

    private static ApplicationContextRunner withRules(ApplicationContextRunner contexts) {
        return contexts.withBean("chatRules", GuardRules.class, () -> Chat.RULES);
    }

    private static ApplicationContextRunner flyway(ApplicationContextRunner contexts) {
        return contexts.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
                .withPropertyValues("spring.flyway.locations=classpath:migrations");
    }

    private static ApplicationContextRunner scripts(ApplicationContextRunner contexts) {
        return contexts.withPropertyValues(
                "spring.sql.init.mode=always", "spring.sql.init.schema-locations=classpath:chat-schema.sql");
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Conversation.class)
    static class Entities {}

    /** Its beans are defined, and so made, before those of any auto-configuration. */
    @Configuration(proxyBeanMethods = false)
    static class Early {

        @Bean
        ParentRule earlyRule(Guard guard) {
            return ParentRule.on(guard.graph(), "conversations").build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Background {

        @Bean
        static BeanPostProcessor inTheBackground() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessBeforeInitialization(Object bean, String name) {
                    if (bean instanceof LocalContainerEntityManagerFactoryBean factory) {
                        factory.setBootstrapExecutor(new SimpleAsyncTaskExecutor());
                    }
                    return bean;
                }
            };
        }
    }

    /** The factory makes the listener, before there is a Guard. */
    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Heard.class)
    static class Listening {

        @Bean
        HeardListener heardListener(EnsureParent ensureParent, ObjectProvider<GuardModel> model) {
            return new HeardListener(ensureParent, model);
        }
    }

    @Entity
    @EntityListeners(HeardListener.class)
    static class Heard {

        @Id
        UUID id;

        Heard() {}

        Heard(UUID id) {
            this.id = id;
        }
    }

    static class HeardListener {

        private final EnsureParent ensureParent;
        private final ObjectProvider<GuardModel> model;

        HeardListener(EnsureParent ensureParent, ObjectProvider<GuardModel> model) {
            this.ensureParent = ensureParent;
            this.model = model;
        }

        @PrePersist
        void prePersist(Heard entity) {
            ParentRule rule = model.getObject().parent("conversations");
            ensureParent.ensure(
                    rule, rule.key(entity.id), rule.values().set("owner_id", 1L).build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Migrating {

        @Bean
        JavaMigration second(EnsureParent ensureParent) {
            return new V2__Parents(ensureParent);
        }
    }

    static class V2__Parents extends BaseJavaMigration {

        private final EnsureParent ensureParent;

        V2__Parents(EnsureParent ensureParent) {
            this.ensureParent = ensureParent;
        }

        /** On connections of its own, as the beans of an application have them. */
        @Override
        public void migrate(Context context) throws Exception {
            ParentRule rule = ParentRule.on(Guard.of(context.getConnection()).graph(), "conversations")
                    .build();
            assertThat(ensureParent
                            .ensure(rule.row(rule.key(UUID.randomUUID())))
                            .name())
                    .isEqualTo("created");
        }
    }
}

package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Unchecked;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.declared.PlainReading;
import dev.writeguard.spring.declared.Reading;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.spring.jpa.Conversation;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import jakarta.persistence.EntityManager;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The code that Boot generates ahead of time is compiled and run. */
class AheadOfTimeIT {

    @Test
    @CompileWithForkedClassLoader
    void guardsADataSource() throws Exception {
        try (Database database = Database.create("aot", Chat.SCHEMA)) {
            AheadOfTime.generatedAndRun(Jdbc.class, database, this::ensuresUnlessSwitchedOff);
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void guardsAnEntityManagerFactory() throws Exception {
        try (Database database = Database.create("aot", Chat.SCHEMA)) {
            AheadOfTime.generatedAndRun(Jpa.class, database, this::ensuresUnlessSwitchedOff);
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void enforcesWhatEntitiesDeclare() throws Exception {
        try (Database database = Database.create("aot", Reading.SCHEMA)) {
            AheadOfTime.generatedAndRun(Declared.class, database, this::writesAParentBeforeItsChild);
            assertThat(database.queryLong("SELECT count(*) FROM rooms JOIN readings ON room_id = rooms.id"))
                    .isEqualTo(1);
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void enforcesWhatCodeDeclaresOfEntities() throws Exception {
        try (Database database = Database.create("aot", Reading.SCHEMA)) {
            AheadOfTime.generatedAndRun(DeclaredInCode.class, database, context -> {
                context.getBean(GuardModes.class).set(GuardMode.ENFORCE);
                inTransaction(
                        context, entities -> entities.persist(new PlainReading(entities.getReference(Room.class, 7L))));
            });
            assertThat(database.queryLong("SELECT count(*) FROM rooms JOIN readings ON room_id = rooms.id"))
                    .isEqualTo(1);
        }
    }

    private void writesAParentBeforeItsChild(GenericApplicationContext context) {
        context.getBean(GuardModes.class).set(GuardMode.ENFORCE);
        inTransaction(context, entities -> entities.persist(new Reading(entities.getReference(Room.class, 7L))));
    }

    private static void inTransaction(GenericApplicationContext context, Consumer<EntityManager> work) {
        EntityManager entities = context.getBean(EntityManager.class);
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> work.accept(entities));
    }

    private void ensuresUnlessSwitchedOff(GenericApplicationContext context) {
        ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
        EnsureParent ensureParent = context.getBean(EnsureParent.class);
        // The mode was "enforce" while the code was generated, and is "off" where it runs.
        assertThat(ensureParent.ensure(rule.row(rule.key(UUID.randomUUID())))).isInstanceOf(Unchecked.class);
        context.getBean(GuardModes.class).set(GuardMode.ENFORCE);
        UUID id = UUID.randomUUID();
        assertThat(ensureParent.ensure(rule, rule.key(id), Chat.titled(rule, "aot " + id)))
                .isInstanceOf(Created.class);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceInitializationAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        GuardAutoConfiguration.class,
        GuardJdbcAutoConfiguration.class,
        GuardJpaAutoConfiguration.class
    })
    static class Jdbc {

        @Bean
        GuardRules chatRules() {
            return Chat.RULES;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Conversation.class)
    @ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
    static class Jpa extends Jdbc {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        GuardAutoConfiguration.class,
        GuardJpaAutoConfiguration.class,
        GuardHibernateAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class
    })
    static class Declared {

        @Bean
        static PersistenceManagedTypes types() {
            return PersistenceManagedTypes.of(Room.class.getName(), Reading.class.getName());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        GuardAutoConfiguration.class,
        GuardJpaAutoConfiguration.class,
        GuardHibernateAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class
    })
    static class DeclaredInCode {

        @Bean
        static PersistenceManagedTypes types() {
            return PersistenceManagedTypes.of(Room.class.getName(), PlainReading.class.getName());
        }

        @Bean
        GuardRules rules() {
            return rules -> rules.ensuredParent(PlainReading.class, "room");
        }
    }
}

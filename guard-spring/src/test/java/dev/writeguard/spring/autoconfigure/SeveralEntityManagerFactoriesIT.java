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
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Schema(Chat.SCHEMA)
class SeveralEntityManagerFactoriesIT {

    private final Database first;
    private final Database second = Database.create("second", Chat.SCHEMA);
    private final UUID id = UUID.randomUUID();
    private final GuardRules rulesOfSecond = GuardRules.on("secondEntityManagerFactory", Chat.RULES);
    private final ApplicationContextRunner contexts;

    SeveralEntityManagerFactoriesIT(Database database) {
        this.first = database;
        DataSource firstSource = first.dataSource();
        DataSource secondSource = second.dataSource();
        this.contexts = Contexts.bare()
                .withBean("firstDataSource", DataSource.class, () -> firstSource)
                .withBean("secondSource", DataSource.class, () -> secondSource)
                .withBean(
                        "firstEntityManagerFactory",
                        LocalContainerEntityManagerFactoryBean.class,
                        () -> factory(firstSource),
                        bean -> bean.setPrimary(true))
                .withBean(
                        "secondEntityManagerFactory",
                        LocalContainerEntityManagerFactoryBean.class,
                        () -> factory(secondSource))
                .withBean("firstRules", GuardRules.class, () -> Chat.RULES)
                .withBean("secondRules", GuardRules.class, () -> rulesOfSecond);
    }

    @AfterEach
    void dropSecond() throws SQLException {
        second.close();
    }

    @Test
    void givesEachFactoryItsOwnBeansAndThePrimaryByType() {
        contexts.run(context -> {
            assertThat(context).hasNotFailed();
            // secondSource is no name that tells, so its bean is looked at; it belongs to a factory.
            assertThat(context.getBeansOfType(Guard.class)).containsOnlyKeys("firstGuard", "secondGuard");
            assertThat(context.getBean(Guard.class)).isSameAs(context.getBean("firstGuard"));
            assertThat(context.getBean(EnsureParent.class)).isSameAs(context.getBean("firstEnsureParent"));
            assertThat(context.getBean(GuardModel.class)).isSameAs(context.getBean("firstGuardModel"));
        });
    }

    @Test
    void joinsTheTransactionOfItsOwnFactoryOnly() {
        contexts.run(context -> {
            rolledBack(context, "firstEntityManagerFactory", () -> {
                ensure(context, "first");
                ensure(context, "second");
            });
            assertThat(count(first)).isZero();
            assertThat(count(second)).isEqualTo(1);
            rolledBack(context, "secondEntityManagerFactory", () -> {
                ensure(context, "first");
                ensure(context, "second");
            });
            assertThat(count(first)).isEqualTo(1);
        });
    }

    @Test
    void guardsADataSourceWithoutJpaBesideThem() throws SQLException {
        try (Database third = Database.create("third", "CREATE TABLE notes (id int PRIMARY KEY)")) {
            DataSource source = third.dataSource();
            contexts.withBean("notesDataSource", DataSource.class, () -> source).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBeansOfType(Guard.class))
                        .containsOnlyKeys("firstGuard", "secondGuard", "notesGuard");
                assertThat(context.getBean(Guard.class)).isSameAs(context.getBean("firstGuard"));
                assertThat(context.getBean("notesGuard", Guard.class).graph().table("notes"))
                        .isPresent();
            });
        }
    }

    private void ensure(ApplicationContext context, String database) {
        ParentRule rule =
                context.getBean(database + "GuardModel", GuardModel.class).parent("conversations");
        context.getBean(database + "EnsureParent", EnsureParent.class)
                .ensure(rule, rule.key(id), Chat.titled(rule, "of " + database + id));
    }

    private static void rolledBack(ApplicationContext context, String factory, Runnable work) {
        PlatformTransactionManager manager =
                new JpaTransactionManager(context.getBean(factory, EntityManagerFactory.class));
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            work.run();
            status.setRollbackOnly();
        });
    }

    private long count(Database database) throws SQLException {
        return database.queryLong("SELECT count(*) FROM conversations WHERE id = ?", id);
    }

    private static LocalContainerEntityManagerFactoryBean factory(DataSource dataSource) {
        var factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setPackagesToScan(Conversation.class.getPackageName());
        return factory;
    }
}

package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.event.DatabaseListener;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Two databases with a table of the same name: each report says which of them it is of. */
@Schema(SeveralDatabasesReportingIT.ORDERS)
class SeveralDatabasesReportingIT {

    static final String ORDERS = "CREATE TABLE orders (id int PRIMARY KEY)";

    private final Database oldShop;
    private final Database newShop = Database.create("new", ORDERS);
    private final ApplicationContextRunner contexts;

    SeveralDatabasesReportingIT(Database database) {
        this.oldShop = database;
        this.contexts = Contexts.bare()
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("oldDataSource", DataSource.class, oldShop::dataSource)
                .withBean("newDataSource", DataSource.class, newShop::dataSource)
                .withBean("oldRules", GuardRules.class, () -> rulesOf("oldDataSource"))
                .withBean("newRules", GuardRules.class, () -> rulesOf("newDataSource"));
    }

    @AfterEach
    void empty() throws Exception {
        oldShop.execute("TRUNCATE orders");
        newShop.close();
    }

    @Test
    void metersSayWhichDatabase() {
        contexts.run(context -> {
            ensure(context, "new");
            assertThat(created(context, "newDataSource").count()).isEqualTo(1);
            assertThat(created(context, "oldDataSource").count()).isZero();
        });
    }

    @Test
    void applicationEventsSayWhichDatabase() {
        contexts.withBean(Heard.class).run(context -> {
            ensure(context, "new");
            ensure(context, "old");
            assertThat(context.getBean(Heard.class).from).containsExactly("newDataSource", "oldDataSource");
        });
    }

    @Test
    void listenersMayAskWhichDatabase() {
        contexts.withUserConfiguration(OwnListener.class).run(context -> {
            ensure(context, "old");
            assertThat(context.getBean(OwnListener.class).heard).containsExactly("ensure on oldDataSource");
        });
    }

    @Test
    void takesARuleBeanForTheDatabaseThatItWasCompiledAgainst() {
        contexts.withUserConfiguration(RuleOfTheOldOne.class).run(context -> {
            assertThat(GuardedDatabase.all(context))
                    .extracting(database ->
                            database.name() + " " + database.parents().size())
                    .containsExactlyInAnyOrder("oldDataSource 2", "newDataSource 1");
        });
    }

    private static GuardRules rulesOf(String database) {
        return GuardRules.on(database, rules -> rules.parent("orders"));
    }

    private static void ensure(ApplicationContext context, String database) {
        ParentRule rule =
                context.getBean(database + "GuardModel", GuardModel.class).parent("orders");
        context.getBean(database + "EnsureParent", EnsureParent.class).ensure(rule.row(rule.key(1)));
    }

    private static Timer created(ApplicationContext context, String database) {
        return context.getBean(MeterRegistry.class)
                .get("guard.operation")
                .tags("database", database, "operation", "ensure", "entity", "public.orders", "outcome", "created")
                .timer();
    }

    static class Heard {

        private final List<Object> from = new ArrayList<>();

        // tag::event[]
        @EventListener
        void on(PayloadApplicationEvent<OperationEvent> event) {
            from.add(event.getSource()); // ordersDataSource
        }
        // end::event[]
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnListener {

        private final List<String> heard = new ArrayList<>();

        @Bean
        DatabaseListener ownListener() {
            return database -> new GuardListener() {
                @Override
                public void completed(OperationEvent event) {
                    heard.add(event.operation() + " on " + database);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class RuleOfTheOldOne {

        @Bean
        ParentRule orders(@Qualifier("oldGuard") Guard guard) {
            return ParentRule.on(guard.graph(), "orders").build();
        }
    }
}

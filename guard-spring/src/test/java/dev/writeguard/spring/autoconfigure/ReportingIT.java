package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.metrics.GuardMeters;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;

/** Listeners, application events and meters hear the same. */
@Schema(Chat.SCHEMA)
class ReportingIT {

    private static final String ENTITY = "public.conversations";

    private final ApplicationContextRunner contexts;
    private final UUID id = UUID.randomUUID();

    ReportingIT(Database database) {
        this.contexts = Contexts.jdbc(database)
                .withBean("chatRules", GuardRules.class, () -> Chat.RULES)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new);
    }

    @Test
    void registersTheMetersOfDeclaredRulesAtZero() {
        contexts.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.find("guard.operation").timers())
                    .hasSize(22)
                    .allSatisfy(timer -> assertThat(timer.count()).isZero())
                    .extracting(timer -> timer.getId().getTag("operation")
                            + " "
                            + timer.getId().getTag("outcome"))
                    .contains("ensure created", "ensureAll refused", "insert inserted", "insertAll failed")
                    .contains("lock existing", "lock absent", "lockAll refused", "lockAll failed");
            assertThat(registry.get("guard.observed").counters())
                    .hasSize(6)
                    .allSatisfy(counter -> assertThat(counter.count()).isZero())
                    .extracting(counter -> counter.getId().getTag("operation"))
                    .contains("lock", "lockAll");
            assertThat(registry.get("guard.retries").counters())
                    .allSatisfy(counter -> assertThat(counter.count()).isZero())
                    .extracting(counter -> counter.getId().getTag("reason"))
                    .containsExactlyInAnyOrder(
                            "lost-race",
                            "serialization-failure",
                            "deadlock",
                            "reference-missing",
                            "stale-plan",
                            "child-hidden",
                            "not-taken-back",
                            "connection-lost");
        });
    }

    @Test
    void registersTheMetersOfRuleBeansAtZero() {
        contexts.withUserConfiguration(RuleBean.class)
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .get("guard.operation")
                                .tags("operation", "ensure", "entity", "public.users", "outcome", "existing")
                                .timer()
                                .count())
                        .isZero());
    }

    @Test
    void timesEachOperationByItsOutcome() {
        contexts.run(context -> {
            insert(context, id);
            insert(context, id);
            assertThat(timer(context, "insert", "inserted").count()).isEqualTo(2);
            assertThat(timer(context, "insert", "inserted").totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
            EnsureParent ensureParent = context.getBean(EnsureParent.class);
            var foreign = rule.values().set("title", "y").set("owner_id", 2L).build();
            ensureParent.ensureAll(
                    rule,
                    List.of(
                            rule.row(rule.key(id), foreign),
                            rule.row(rule.key(UUID.randomUUID()), Chat.titled(rule, "x" + id))));
            assertThat(timer(context, "ensureAll", "mixed").count()).isEqualTo(1);
            assertThat(timer(context, "ensure", "created").count()).isZero();
        });
    }

    @Test
    void countsAFailureAndThrowsSpringsException() {
        contexts.run(context -> {
            ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
            var untitled = rule.values().set("title", null).set("owner_id", 1L).build();
            assertThatThrownBy(() -> context.getBean(EnsureParent.class).ensure(rule, rule.key(id), untitled))
                    .isInstanceOf(DataIntegrityViolationException.class);
            assertThat(timer(context, "ensure", "failed").count()).isEqualTo(1);
        });
    }

    @Test
    void countsTheRowsThatItOnlyObserved() {
        contexts.withPropertyValues("guard.mode=observe").run(context -> {
            ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
            context.getBean(EnsureParent.class).ensure(rule.row(rule.key(id)));
            assertThat(context.getBean(MeterRegistry.class)
                            .get("guard.observed")
                            .tags("operation", "ensure", "entity", ENTITY)
                            .counter()
                            .count())
                    .isEqualTo(1);
            context.getBean(GuardModes.class).set(GuardMode.OFF);
        });
    }

    @Test
    void keepsTheTagsFew() {
        contexts.run(context -> {
            for (int i = 0; i < 50; i++) {
                insert(context, UUID.randomUUID());
            }
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.find("guard.operation").timers()).hasSize(22);
            assertThat(registry.getMeters())
                    .extracting(Meter::getId)
                    .filteredOn(meter -> meter.getName().startsWith("guard."))
                    .allSatisfy(meter -> assertThat(meter.toString()).doesNotContain(id.toString()));
        });
    }

    @Test
    void tellsListenersInTheirOrderAndApplicationEvents() {
        contexts.withUserConfiguration(Listeners.class).run(context -> {
            insert(context, id);
            assertThat(context.getBean(Heard.class).names()).containsExactly("first", "second", "event insert");
            context.getBean(GuardModes.class).set(GuardMode.OBSERVE);
            ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
            context.getBean(EnsureParent.class).ensure(rule.row(rule.key(id)));
            assertThat(context.getBean(Heard.class).names()).last().isEqualTo("observed 1");
        });
    }

    @Test
    void goesWithoutMetersWhereThereIsNoRegistry() {
        contexts.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .withBean("unused", String.class, () -> "unused")
                .run(context -> assertThat(context).doesNotHaveBean(GuardMeters.class));
    }

    private static void insert(ApplicationContext context, UUID conversation) {
        ChildRule messages = context.getBean(GuardModel.class).child("messages");
        ParentRule parent = messages.parent();
        context.getBean(EnsureParent.class)
                .insert(
                        messages,
                        new ChildRow(
                                parent.row(parent.key(conversation), Chat.titled(parent, "t " + conversation)),
                                messages.values().set("body", "hi").build()));
    }

    private static Timer timer(ApplicationContext context, String operation, String outcome) {
        return context.getBean(MeterRegistry.class)
                .get("guard.operation")
                .tags("operation", operation, "entity", ENTITY, "outcome", outcome)
                .timer();
    }

    record Heard(List<String> names) {}

    @Configuration(proxyBeanMethods = false)
    static class Listeners {

        @Bean
        Heard heard() {
            return new Heard(new ArrayList<>());
        }

        @Bean
        @Order(2)
        GuardListener second(Heard heard) {
            return listener(heard, "second");
        }

        @Bean
        @Order(1)
        GuardListener first(Heard heard) {
            return listener(heard, "first");
        }

        @Bean
        EventHearer eventHearer(Heard heard) {
            return new EventHearer(heard);
        }

        private static GuardListener listener(Heard heard, String name) {
            return new GuardListener() {
                @Override
                public void completed(OperationEvent event) {
                    heard.names().add(name);
                }
            };
        }
    }

    record EventHearer(Heard heard) {

        @EventListener
        void on(OperationEvent event) {
            heard.names().add("event " + event.operation());
        }

        @EventListener
        void on(ObservedEvent event) {
            heard.names().add("observed " + event.rows());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class RuleBean {

        @Bean
        ParentRule users(Guard guard) {
            return ParentRule.on(guard.graph(), "users").build();
        }
    }
}

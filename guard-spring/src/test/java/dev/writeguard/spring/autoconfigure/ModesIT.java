package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Unchecked;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
@Schema("CREATE TABLE orders (id int PRIMARY KEY); CREATE TABLE order_items (id int PRIMARY KEY)")
class ModesIT {

    private final Database database;
    private final ApplicationContextRunner contexts;

    ModesIT(Database database) {
        this.database = database;
        this.contexts = Contexts.jdbc(database)
                .withBean(
                        "rules",
                        GuardRules.class,
                        () -> rules -> rules.parent("orders").parent("order_items"));
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("TRUNCATE orders, order_items");
    }

    @Test
    void enforcesUnlessToldOtherwise() {
        contexts.run(context -> assertThat(ensure(context, "orders", 1)).isInstanceOf(Created.class));
    }

    @Test
    void sendsNothingWhereItIsOff() {
        contexts.withPropertyValues("guard.mode=off").run(context -> {
            assertThat(ensure(context, "orders", 1)).isInstanceOf(Unchecked.class);
            assertThat(database.queryLong("SELECT count(*) FROM orders")).isZero();
        });
    }

    @Test
    void readsTheModeAtEachCall() {
        contexts.run(context -> {
            GuardModes modes = context.getBean(GuardModes.class);
            modes.set(GuardMode.OBSERVE);
            assertThat(ensure(context, "orders", 1)).isInstanceOf(Unchecked.class);
            modes.set(GuardMode.ENFORCE);
            assertThat(ensure(context, "orders", 1)).isInstanceOf(Created.class);
            modes.set("public.orders", GuardMode.OFF);
            assertThat(ensure(context, "orders", 2)).isInstanceOf(Unchecked.class);
            assertThat(ensure(context, "order_items", 2)).isInstanceOf(Created.class);
            modes.reset("public.orders");
            assertThat(ensure(context, "orders", 2)).isInstanceOf(Created.class);
        });
    }

    @Test
    void makesExceptionsByProperty(CapturedOutput output) {
        contexts.withPropertyValues("guard.mode=off", "guard.modes.order_items=enforce")
                .run(context -> {
                    assertThat(ensure(context, "orders", 1)).isInstanceOf(Unchecked.class);
                    assertThat(ensure(context, "order_items", 1)).isInstanceOf(Created.class);
                    assertThat(output).doesNotContain("WARN");
                });
    }

    @Test
    void makesExceptionsByEnvironmentVariable() {
        contexts.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment",
                                Map.of("GUARD_MODE", "off", "GUARD_MODES_ORDER_ITEMS", "enforce"))))
                .run(context -> {
                    assertThat(ensure(context, "orders", 1)).isInstanceOf(Unchecked.class);
                    assertThat(ensure(context, "order_items", 1)).isInstanceOf(Created.class);
                });
    }

    @Test
    void warnsOfAnExceptionForNoTable(CapturedOutput output) {
        contexts.withPropertyValues("guard.modes.odrers=off", "guard.modes[public.order_items]=off")
                .run(context -> assertThat(output)
                        .containsOnlyOnce("guard.modes.")
                        .contains("guard.modes.odrers is for no table that Guard knows"));
    }

    private static EnsureOutcome ensure(ApplicationContext context, String table, int id) {
        ParentRule rule = context.getBean(GuardModel.class).parent(table);
        return context.getBean(EnsureParent.class).ensure(rule.row(rule.key(id)));
    }
}

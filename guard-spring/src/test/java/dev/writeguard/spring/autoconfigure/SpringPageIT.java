package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.docs.Page;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code docs/spring.md} says of an application context. */
@ExtendWith(OutputCaptureExtension.class)
@Schema(Chat.SCHEMA)
class SpringPageIT {

    private static final Page PAGE = Page.at("docs/spring.md");

    private final Database database;
    private final ApplicationContextRunner contexts;

    SpringPageIT(Database database) {
        this.database = database;
        this.contexts = Contexts.jdbc(database).withBean("chatRules", GuardRules.class, () -> Chat.RULES);
    }

    @Test
    void namesBeansAsInTheTable() {
        List<MatchResult> rows = rows("`(\\w+)` \\| `(\\w+)`, `(\\w+)`, `(\\w+)`");
        assertThat(rows).hasSize(4);
        for (MatchResult row : rows) {
            Contexts.bare()
                    .withBean(row.group(1), DataSource.class, database::dataSource)
                    .run(context -> {
                        assertThat(context.getBean(row.group(2))).isInstanceOf(Guard.class);
                        assertThat(context.getBean(row.group(3))).isInstanceOf(GuardModel.class);
                        assertThat(context.getBean(row.group(4))).isInstanceOf(EnsureParent.class);
                    });
        }
    }

    @Test
    void saysHowFarTheDatabaseIsGuarded(CapturedOutput output) {
        contexts.run(context -> assertThat(output)
                .contains(block("line", "saysHowFarTheDatabaseIsGuarded")
                        .replace(
                                "PostgreSQL 18",
                                "PostgreSQL "
                                        + context.getBean(Guard.class).graph().majorVersion())));
    }

    @Test
    void remindsOfRowValuesInTheDriversExceptions(CapturedOutput output) {
        contexts.run(context -> assertThat(output)
                .containsOnlyOnce("The driver's exceptions for 'dataSource' may hold values of rows;"
                        + " logServerErrorDetail=false in the JDBC URL keeps them out"));
    }

    @Test
    void remindsOfNothingWhereTheDriverKeepsThemOut(CapturedOutput output) {
        contexts.withPropertyValues("spring.datasource.url=" + database.url() + "&logServerErrorDetail=false")
                .run(context -> assertThat(output).contains("foreign keys:").doesNotContain("logServerErrorDetail"));
    }

    @Test
    void explainsRulesThatDoNotFit(CapturedOutput output) {
        var application = new SpringApplicationBuilder(Misfit.class)
                .web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database.url(), "spring.flyway.enabled=false");
        assertThatThrownBy(application::run).isInstanceOf(InvalidRulesException.class);
        assertThat(output.getAll().replaceAll("(?m) +$", "")).contains(block("failure", "explainsRulesThatDoNotFit"));
    }

    @Test
    void switchesTheModeWhileItRuns() {
        contexts.run(context -> {
            GuardModes modes = context.getBean(GuardModes.class);
            // tag::modes[]
            modes.set(GuardMode.OBSERVE); // all rules
            modes.set("conversations", GuardMode.ENFORCE); // but not those of this parent table
            // end::modes[]
            assertThat(ensure(context)).isInstanceOf(EnsureOutcome.Created.class);
            // tag::reset[]
            modes.reset("conversations");
            // end::reset[]
            assertThat(ensure(context)).isInstanceOf(EnsureOutcome.Unchecked.class);
        });
    }

    @Test
    void registersTheMetersOfTheTable() {
        contexts.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            Map<String, String> meters = context.getBean(MeterRegistry.class).getMeters().stream()
                    .map(Meter::getId)
                    .collect(Collectors.toMap(Meter.Id::getName, SpringPageIT::typeAndTags, (one, same) -> {
                        assertThat(one).isEqualTo(same);
                        return one;
                    }));
            assertThat(rows("`(guard\\.\\w+)` \\| (\\w+ \\| (?:`\\w+`,? ?)+) \\|").stream()
                            .collect(Collectors.toMap(
                                    row -> row.group(1), row -> row.group(2).strip())))
                    .isEqualTo(meters);
        });
    }

    private static String typeAndTags(Meter.Id meter) {
        return meter.getType().name().toLowerCase(Locale.ROOT) + " | "
                + meter.getTags().stream().map(Tag::getKey).sorted().collect(Collectors.joining("`, `", "`", "`"));
    }

    private static EnsureOutcome ensure(ApplicationContext context) {
        ParentRule rule = context.getBean(GuardModel.class).parent("conversations");
        UUID id = UUID.randomUUID();
        return context.getBean(EnsureParent.class).ensure(rule, rule.key(id), Chat.titled(rule, "titled " + id));
    }

    private static String block(String kind, String test) {
        return Page.block(kind, SpringPageIT.class, test);
    }

    private static List<MatchResult> rows(String cells) {
        return Pattern.compile("(?m)^\\| " + cells)
                .matcher(PAGE.text())
                .results()
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Misfit {

        @Bean
        GuardRules chatRules() {
            return rules -> rules.parent("conversations", rule -> rule.match("owner"))
                    .parent("users")
                    .child("messages", "users");
        }
    }
}

package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
@Schema("""
        CREATE TABLE conversations (id uuid PRIMARY KEY, title text);
        CREATE TABLE messages (id int PRIMARY KEY, conversation_id uuid REFERENCES conversations, reply_to int
            REFERENCES messages);
        CREATE INDEX ON messages (conversation_id, id);
        CREATE TABLE notes (id int PRIMARY KEY, conversation_id uuid);
        CREATE TABLE tags (name text, conversation_id uuid REFERENCES conversations);
        CREATE TABLE "Order Item" (id int);
        """)
class StartupCheckIT {

    private static final String LINE = "Guard on 'dataSource' (PostgreSQL ";

    private static final GuardRules FAULTY = rules -> rules.parent("conversations")
            .parent("Order Item")
            .child("notes", "conversations")
            .child("messages", "conversation")
            .child("tags", "Order Item")
            .parent("no such table", rule -> rule.match("x"));

    private final ApplicationContextRunner contexts;

    StartupCheckIT(Database database) {
        this.contexts = Contexts.jdbc(database);
    }

    @Test
    void countsForeignKeysAlsoWithoutAnyRule(CapturedOutput output) {
        contexts.run(context -> assertThat(output)
                .containsOnlyOnce(LINE)
                .contains("mode enforce): 3 foreign keys: 0 guarded, 3 not, 2 without an index"));
    }

    @Test
    void looksAtTheDatabaseAlsoWhereBeansAreLazy(CapturedOutput output) {
        contexts.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(output).containsOnlyOnce(LINE));
    }

    @Test
    void countsWhatTheModelAndRuleBeansGuard(CapturedOutput output) {
        contexts.withBean(
                        "chat",
                        GuardRules.class,
                        () -> rules -> rules.parent("conversations").child("tags", "conversations"))
                .withUserConfiguration(RuleBeans.class)
                .run(context -> assertThat(output).contains("3 foreign keys: 2 guarded, 1 not, 2 without an index"));
    }

    @Test
    void listsAllFaultsOfAllRulesWithTheirCures() {
        contexts.withBean("faulty", GuardRules.class, () -> FAULTY).run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = Contexts.analyzed(context.getStartupFailure());
            assertThat(analysis.getDescription()).isEqualTo("""
                    Guard's rules do not fit the database (GRD-901):

                    parent rule 'Order Item'
                        - public.Order Item has no primary key
                          name the columns of a unique key with key(…)

                    parent rule 'no such table'
                        - no table "no such table" is visible on the search path
                          check the spelling, or name the schema with TableName.of(schema, table)

                    child rule 'notes'
                        - no foreign key leads from public.notes to [id] of public.conversations
                          ALTER TABLE "public"."notes" ADD FOREIGN KEY (…) REFERENCES "public"."conversations" ("id")

                    child rule 'messages'
                        - its parent rule 'conversation' is not declared
                          declare it, or use one of [conversations]

                    child rule 'tags'
                        - it was not checked, since its parent rule 'Order Item' has faults
                          correct that one first
                    """);
            assertThat(analysis.getAction()).contains("guard.startup-check=warn");
        });
    }

    @Test
    void analyzesAFaultyRuleBean() {
        contexts.withUserConfiguration(FaultyRuleBean.class).run(context -> {
            assertThat(context).hasFailed();
            assertThat(Contexts.analyzed(context.getStartupFailure()).getDescription())
                    .isEqualTo("""
                    Guard's rules do not fit the database (GRD-901):

                    rule for public.conversations
                        - public.conversations has no column "owner"
                          use one of [id, title], spelled as in the catalog
                        - public.conversations has no column "state"
                          use one of [id, title], spelled as in the catalog
                    """);
        });
    }

    @Test
    void startsWithAWarningIfToldToAndRefusesTheFaultyRulesWhereTheyAreUsed(CapturedOutput output) {
        contexts.withBean("faulty", GuardRules.class, () -> FAULTY)
                .withPropertyValues("guard.startup-check=warn")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("WARN").contains("parent rule 'Order Item'");
                    GuardModel model = context.getBean(GuardModel.class);
                    assertThat(model.parent("conversations")).isNotNull();
                    assertThatThrownBy(() -> model.child("notes")).isInstanceOf(InvalidRulesException.class);
                    assertThatThrownBy(() -> model.child("node"))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("No child rule 'node' is declared");
                });
    }

    @Test
    void startsSilentlyIfToldTo(CapturedOutput output) {
        contexts.withBean("faulty", GuardRules.class, () -> FAULTY)
                .withPropertyValues("guard.startup-check=off")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).doesNotContain("Order Item");
                    assertThatThrownBy(() -> context.getBean(GuardModel.class).child("notes"))
                            .isInstanceOf(InvalidRulesException.class);
                });
    }

    @Test
    void refusesTwoRulesOfOneName() {
        contexts.withBean("one", GuardRules.class, () -> rules -> rules.parent("conversations"))
                .withBean("two", GuardRules.class, () -> rules -> rules.parent("conversations"))
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining("parent rule 'conversations': it is declared more than once"));
    }

    /** Whatever the setting: nobody knows what it has left out. */
    @ParameterizedTest
    @ValueSource(strings = {"fail", "warn", "off"})
    void namesTheBeanThatThrows(String setting) {
        var thrown = new IllegalStateException("no rules today");
        contexts.withBean("fine", GuardRules.class, () -> rules -> rules.parent("conversations"))
                .withBean("throwing", GuardRules.class, () -> rules -> {
                    throw thrown;
                })
                .withPropertyValues("guard.startup-check=" + setting)
                .run(context -> {
                    assertThat(context).hasFailed().getFailure().hasRootCause(thrown);
                    assertThat(Contexts.analyzed(context.getStartupFailure()).getDescription())
                            .isEqualTo("Guard cannot ask the GuardRules bean 'throwing' for its rules: it threw an"
                                    + " exception. (GRD-901)\nCaused by: " + thrown);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class RuleBeans {

        @Bean
        ParentRule conversations(Guard guard) {
            return ParentRule.on(guard.graph(), "conversations").build();
        }

        @Bean
        ChildRule messages(Guard guard, ParentRule conversations) {
            return ChildRule.on(guard.graph(), "messages", conversations).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FaultyRuleBean {

        @Bean
        ParentRule conversations(Guard guard) {
            return ParentRule.on(guard.graph(), "conversations")
                    .match("owner")
                    .touchClock("state")
                    .build();
        }
    }
}

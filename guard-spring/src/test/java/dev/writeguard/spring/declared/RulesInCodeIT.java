package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** One reference that an entity and a {@link GuardRules} bean speak of. */
@Schema(RulesInCodeIT.SCHEMA)
class RulesInCodeIT {

    static final String SCHEMA = Reading.SCHEMA + "ALTER TABLE readings ADD next_id bigint REFERENCES rooms;";

    private final Database database;

    RulesInCodeIT(Database database) {
        this.database = database;
    }

    @Entity(name = "MatchingReading")
    @Table(name = "readings")
    static class MatchingReading {

        @Id
        long id;

        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent(match = "name")
        @Nullable
        Room room;
    }

    @Entity(name = "StatedReading")
    @Table(name = "readings")
    static class StatedReading {

        @Id
        long id;

        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent(requireState = "open", stateAttribute = "name")
        @Nullable
        Room room;
    }

    @Entity(name = "TouchingReading")
    @Table(name = "readings")
    static class TouchingReading {

        @Id
        long id;

        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "name")
        @Nullable
        Room room;
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                contradiction(Reading.class, rule -> rule.match("name"), "match"),
                contradiction(Reading.class, rule -> rule.requireState("name", "open"), "requireState"),
                contradiction(Reading.class, rule -> rule.touch("name"), "touch"),
                contradiction(Reading.class, rule -> rule.touch("name").match("name"), "match, touch"),
                contradiction(MatchingReading.class, rule -> {}, "match"),
                contradiction(StatedReading.class, rule -> rule.requireState("name", "shut"), "requireState"),
                contradiction(TouchingReading.class, rule -> {}, "touch"));
    }

    private static Arguments contradiction(Class<?> entity, Consumer<ParentRuleBuilder> inCode, String differences) {
        return Arguments.of(entity, inCode, differences);
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void isRefusedIfTheyContradictEachOther(Class<?> entity, Consumer<ParentRuleBuilder> inCode, String differences) {
        application(entity, inCode, "room_id").run(context -> {
            assertThat(context).hasFailed();
            assertThat(Applications.faults(context.getStartupFailure()))
                    .containsExactly(Map.entry(
                            "child rule 'readings'",
                            List.of("@EnsuredParent " + name(entity) + ".room is about the same columns, with another "
                                    + differences)));
            assertThat(Contexts.analyzed(context.getStartupFailure()).getDescription())
                    .contains("GRD-901", "declare the same in both, or leave one of them out");
        });
    }

    static Stream<Arguments> agreements() {
        return Stream.of(
                agreement(Reading.class, rule -> {}),
                agreement(Reading.class, rule -> rule.lookFirst()),
                agreement(MatchingReading.class, rule -> rule.match("name")),
                agreement(StatedReading.class, rule -> rule.requireState("name", "open")),
                agreement(TouchingReading.class, rule -> rule.touch("name")));
    }

    private static Arguments agreement(Class<?> entity, Consumer<ParentRuleBuilder> inCode) {
        return Arguments.of(entity, inCode);
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void isAcceptedIfTheyAskTheSame(Class<?> entity, Consumer<ParentRuleBuilder> inCode) {
        application(entity, inCode, "room_id").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(GuardModel.class).child("readings").columns())
                    .hasSize(1);
        });
    }

    @Test
    void isAnotherOneWhereTheColumnsAreOthers() {
        application(Reading.class, rule -> rule.match("name"), "next_id")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** What the entity says stays in force. */
    @Test
    void isRefusedInCodeWhereTheStartIsNot() {
        application(Reading.class, rule -> rule.match("name"), "room_id")
                .withPropertyValues("guard.startup-check=warn")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    GuardModel model = context.getBean(GuardModel.class);
                    assertThatThrownBy(() -> model.child("readings")).isInstanceOf(InvalidRulesException.class);
                    assertThat(model.associations()).containsOnlyKeys("Reading.room");
                });
    }

    private ApplicationContextRunner application(Class<?> entity, Consumer<ParentRuleBuilder> inCode, String column) {
        return Applications.of(database, Room.class, entity)
                .withBean(
                        GuardRules.class,
                        () -> rules ->
                                rules.parent("rooms", inCode).child("readings", "rooms", rule -> rule.columns(column)));
    }

    private static String name(Class<?> entity) {
        return entity.getSimpleName();
    }
}

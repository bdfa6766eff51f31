package dev.writeguard.lab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.lab.TestDatabase;
import dev.writeguard.lab.frame.Figure;
import dev.writeguard.lab.frame.HalfReport;
import dev.writeguard.lab.frame.Outcome;
import dev.writeguard.violation.FailureCode;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/**
 * Both halves of every card. The broken half must really break, in the way that the page tells: a race is run again
 * until it is seen, and never to be seen is a failure. The guarded half must hold each time.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = TestDatabase.class)
class ChatCardsIT {

    private static final int WORKERS = 50;
    private static final int MOST_RUNS = 30;

    @Autowired
    private ChatRuns runs;

    static Stream<Arguments> cards() {
        return Arrays.stream(ChatPath.values())
                .flatMap(path -> Arrays.stream(ChatScenario.values()).map(scenario -> Arguments.of(path, scenario)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cards")
    void breaksAsFoundAndHoldsWithGuard(ChatPath path, ChatScenario scenario) {
        Set<String> expected = expectedStates(path, scenario);
        Set<String> seen = new TreeSet<>();
        int run = 0;
        do {
            run++;
            ChatReport report = runs.run(path, scenario, WORKERS);
            tell(report, run);
            assertHolds(scenario, report.guarded(), (long) WORKERS * report.batch());
            assertBrokenTellsTheTruth(scenario, report.broken(), (long) WORKERS * report.batch());
            seen.addAll(states(report.broken()).keySet());
        } while (!seen.containsAll(expected) && run < MOST_RUNS);

        assertThat(seen).as("SQLSTATEs within %d runs", run).containsAll(expected);
        assertThat(seen).as("no other way to fail").isSubsetOf(Set.of("23503", "23505"));
        if (expected.isEmpty()) {
            assertThat(seen).isEmpty();
        }
    }

    /** Without others there is no race: only those fail that do nothing. */
    @ParameterizedTest
    @EnumSource(ChatPath.class)
    void aloneOnlyThoseFailThatDoNothing(ChatPath path) {
        ChatReport report = runs.run(path, ChatScenario.NEW_CONVERSATION, 1);

        assertThat(states(report.broken()))
                .isEqualTo(path.habit() == Habit.DOES_NOTHING ? Map.of("23503", 1L) : Map.of());
        assertThat(report.broken().holds()).isEqualTo(path.habit() != Habit.DOES_NOTHING);
        assertHolds(ChatScenario.NEW_CONVERSATION, report.guarded(), report.batch());
    }

    private static Set<String> expectedStates(ChatPath path, ChatScenario scenario) {
        return switch (scenario) {
            case NEW_CONVERSATION ->
                switch (path.habit()) {
                    case UPSERTS -> Set.of();
                    case LOOKS_FIRST -> Set.of("23505");
                    case DOES_NOTHING -> Set.of("23503");
                };
            case DELETED_MEANWHILE -> Set.of("23503");
            case SENT_TWICE -> Set.of("23505");
            case FOREIGN_CONVERSATION -> Set.of();
        };
    }

    /** What the page says of the broken half agrees with what its workers got and what the tables hold. */
    private static void assertBrokenTellsTheTruth(ChatScenario scenario, HalfReport broken, long messages) {
        long failed = broken.count(Outcome.FAILED);
        assertThat(broken.attempts()).hasSize(WORKERS);
        assertThat(states(broken).values().stream().mapToLong(Long::longValue).sum())
                .as("every failure has an SQLSTATE")
                .isEqualTo(failed);
        if (scenario == ChatScenario.FOREIGN_CONVERSATION) {
            assertThat(broken.holds()).isFalse();
            assertThat(row(broken, "messages"))
                    .as("messages in Ann's conversation")
                    .isEqualTo(messages);
        } else {
            assertThat(broken.holds()).isEqualTo(failed == 0);
        }
        if (scenario == ChatScenario.NEW_CONVERSATION || scenario == ChatScenario.DELETED_MEANWHILE) {
            assertThat(row(broken, "lost")).isEqualTo(failed * messages / WORKERS);
        }
    }

    private static void assertHolds(ChatScenario scenario, HalfReport guarded, long messages) {
        assertThat(guarded.holds()).as(guarded.verdict()).isTrue();
        assertThat(guarded.count(Outcome.FAILED)).isZero();
        switch (scenario) {
            case NEW_CONVERSATION -> assertRows(guarded, messages);
            case SENT_TWICE -> assertRows(guarded, messages / 2);
            case DELETED_MEANWHILE ->
                assertThat(row(guarded, "messages") + row(guarded, "deleted with it"))
                        .isEqualTo(messages);
            case FOREIGN_CONVERSATION -> {
                assertThat(guarded.attempts())
                        .extracting(attempt -> attempt.answer().code())
                        .hasSize(WORKERS)
                        .containsOnly(FailureCode.PARENT_MISMATCH);
                assertRows(guarded, 0);
            }
        }
    }

    private static void assertRows(HalfReport report, long messages) {
        assertThat(row(report, "conversations")).isEqualTo(1);
        assertThat(row(report, "messages")).isEqualTo(messages);
    }

    private static long row(HalfReport report, String label) {
        return report.rows().stream()
                .filter(figure -> figure.label().equals(label))
                .mapToLong(Figure::value)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Long> states(HalfReport report) {
        return report.attempts().stream()
                .map(attempt -> attempt.answer().sqlState())
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
    }

    private static void tell(ChatReport report, int run) {
        System.out.printf(
                "%s, %s, run %d: broken %s %s; guarded %s%n",
                report.path().title(),
                report.scenario().title(),
                run,
                report.broken().verdict(),
                states(report.broken()),
                report.guarded().verdict());
    }
}

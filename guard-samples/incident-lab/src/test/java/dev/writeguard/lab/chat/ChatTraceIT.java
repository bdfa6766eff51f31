package dev.writeguard.lab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.lab.TestDatabase;
import dev.writeguard.lab.frame.HalfReport;
import dev.writeguard.lab.frame.Step;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/** What the page shows as sent is what was sent. */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = TestDatabase.class)
class ChatTraceIT {

    @Autowired
    private ChatRuns runs;

    @Test
    void showsAnAutocommitStatementAndWhyItFailed() {
        assertThat(steps(broken(ChatPath.STREAMING_ENDPOINT))).containsExactly("autocommit insert messages → 23503");
    }

    @Test
    void showsTheFlushAndTheRollback() {
        assertThat(steps(broken(ChatPath.VOICE_CAPTURE)))
                .containsExactly("begin", "flush", "| insert messages → 23503", "rollback");
    }

    @Test
    void showsTheLookBeforeTheFlushAndTheCommit() {
        assertThat(steps(broken(ChatPath.OFFLINE_SYNC_HOOK)))
                .containsExactly(
                        "begin",
                        "select conversations",
                        "flush",
                        "| insert conversations → 1 row",
                        "| insert messages → 1 row",
                        "commit");
    }

    @Test
    void showsABatch() {
        assertThat(steps(broken(ChatPath.SYNC_PUSH)))
                .containsExactly(
                        "begin",
                        "insert conversations → 1 row, batch of 3",
                        "insert messages → 3 rows, batch of 3",
                        "commit");
    }

    @Test
    void showsGuardsMessageAsOneStep() {
        ChatReport report = runs.run(ChatPath.CACHED_DATABASE_SERVICE, ChatScenario.NEW_CONVERSATION, 1);
        List<Step> steps = report.guarded().attempts().get(0).steps();

        assertThat(steps).hasSize(4);
        assertThat(steps.get(1).text().split(";\n")).hasSize(2);
        assertThat(steps.get(1).text()).startsWith("INSERT INTO").contains("FOR KEY SHARE");
        assertThat(steps.get(2).text()).startsWith("INSERT INTO messages");
    }

    @Test
    void showsTheParentEnsuredBeforeTheFlush() {
        assertThat(steps(guarded(ChatPath.VOICE_CAPTURE)))
                .containsExactly("begin", "ensure conversations", "flush", "| insert messages → 1 row", "commit");
    }

    @Test
    void showsTheParentEnsuredBeforeTheSameStatement() {
        assertThat(steps(guarded(ChatPath.STREAMING_ENDPOINT)))
                .containsExactly("begin", "ensure conversations", "insert messages → 1 row", "commit");
        assertThat(steps(guarded(ChatPath.LEGACY_SYNC)))
                .containsExactly("begin", "ensure conversations", "insert messages → 1 row", "commit");
    }

    @Test
    void showsAllParentsEnsuredBeforeTheSameBatch() {
        assertThat(steps(guarded(ChatPath.SYNC_PUSH)))
                .startsWith("begin", "ensure conversations")
                .containsOnlyOnce("ensure conversations")
                .endsWith("insert messages → 3 rows, batch of 3", "commit");
    }

    /** Guard comes before it. The message itself goes out in the same statement, one by one or as a batch. */
    @ParameterizedTest
    @EnumSource
    void showsTheSameMeansOfWritingOnBothSides(ChatPath path) {
        ChatReport report = runs.run(path, ChatScenario.SENT_TWICE, 1);

        assertThat(stored(report.guarded())).isNotEmpty().isEqualTo(stored(report.broken()));
    }

    @Test
    void showsTheRollbackOfAConnectionThatIsClosedWithoutCommit() {
        HalfReport guarded = runs.run(ChatPath.LEGACY_SYNC, ChatScenario.FOREIGN_CONVERSATION, 1)
                .guarded();

        assertThat(steps(guarded)).containsExactly("begin", "ensure conversations", "rollback");
    }

    /** A reference is all that the call has, so it is looked for before its values are made up. */
    @Test
    void showsTheParentEnsuredBeforeAQueryOfARepository() {
        assertThat(steps(guarded(ChatPath.SYNC_PULL)))
                .containsExactly(
                        "begin", "lock conversations", "ensure conversations", "insert messages → 1 row", "commit");
    }

    @Test
    void showsTheCascade() {
        assertThat(steps(guarded(ChatPath.OFFLINE_SYNC_HOOK)))
                .containsExactly(
                        "begin",
                        "ensure conversations",
                        "lock conversations",
                        "flush",
                        "| insert messages → 1 row",
                        "commit");
    }

    @Test
    void showsOneMessageForAllThatIsSaved() {
        assertThat(steps(guarded(ChatPath.RITUAL_SCREEN)))
                .startsWith("begin", "ensure conversations")
                .containsOnlyOnce("ensure conversations")
                .endsWith(
                        "flush",
                        "| insert messages → 1 row",
                        "| insert messages → 1 row",
                        "| insert messages → 1 row",
                        "commit");
    }

    @Test
    void showsWhatGuardCounted() {
        assertThat(moves(ChatScenario.NEW_CONVERSATION))
                .containsExactlyInAnyOrder(
                        "guard.operation outcome=created +1", "guard.operation outcome=existing +49");
        assertThat(moves(ChatScenario.FOREIGN_CONVERSATION)).containsExactly("guard.operation outcome=refused +50");
    }

    private List<String> moves(ChatScenario scenario) {
        HalfReport guarded = runs.run(ChatPath.STREAMING_ENDPOINT, scenario, 50).guarded();
        return guarded.meters().stream()
                .map(move -> move.meter() + move.tags().replaceAll(".*( outcome=\\w+).*", "$1") + " +" + move.by())
                .toList();
    }

    private HalfReport broken(ChatPath path) {
        return runs.run(path, ChatScenario.NEW_CONVERSATION, 1).broken();
    }

    private HalfReport guarded(ChatPath path) {
        return runs.run(path, ChatScenario.NEW_CONVERSATION, 1).guarded();
    }

    private static List<String> steps(HalfReport report) {
        return report.attempts().get(0).steps().stream()
                .map(ChatTraceIT::inShort)
                .toList();
    }

    /** How the worker that was first with it stored a message that was sent twice. */
    private static List<String> stored(HalfReport report) {
        return report.attempts().stream()
                .map(attempt -> attempt.steps().stream()
                        .map(ChatTraceIT::messageWritten)
                        .filter(write -> !write.isEmpty())
                        .toList())
                .filter(writes -> writes.stream().anyMatch(write -> write.matches("(?s).*→ [1-9]\\d* rows?\\b.*")))
                .findFirst()
                .orElse(List.of());
    }

    /** The step in full, with its flush and its result; empty for another one. */
    private static String messageWritten(Step step) {
        String sql = step.text().toLowerCase(Locale.ROOT);
        return sql.startsWith("insert into messages ")
                ? (step.flushed() ? "| " : "") + sql.replace(" on conflict (id) do nothing", "") + " → " + step.result()
                : "";
    }

    /** For example: | insert messages → 1 row. What Guard sends is an ensure or a lock. */
    private static String inShort(Step step) {
        String sql = step.text()
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?s)^.*insert into \"public\".\"(\\w+)\".*;.* for key share of p$", "ensure $1")
                .replaceAll("(?s)^select .*\"public\".\"(\\w+)\" p .* for key share of p$", "lock $1")
                .replaceAll("^(insert) into (\\w+).*|^(select) .* from (\\w+).*", "$1$3 $2$4");
        String result = step.result().isEmpty() ? "" : "→ " + step.result();
        return String.join(" ", step.flushed() ? "|" : "", step.kind().label(), sql, result)
                .strip()
                .replaceAll(" +", " ");
    }
}

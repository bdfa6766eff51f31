package dev.writeguard.lab.chat;

import dev.writeguard.lab.chat.ChatPaths.Code;
import dev.writeguard.lab.chat.Deleters.Deleted;
import dev.writeguard.lab.frame.Attempt;
import dev.writeguard.lab.frame.Crowd;
import dev.writeguard.lab.frame.HalfReport;
import dev.writeguard.lab.frame.MeterWatch;
import dev.writeguard.lab.frame.Outcome;
import io.micrometer.core.instrument.Meter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Runs a path in a scenario, broken and guarded, each on a conversation of its own. One run at a time. */
@Component
final class ChatRuns {

    private static final long ANN = 1;
    private static final long BOB = 2;
    private static final int DELETERS = 3;

    private final ChatPaths paths;
    private final ChatTables tables;
    private final MeterWatch meters;
    private final Map<ChatPath, ChatReport> last = new ConcurrentHashMap<>();

    ChatRuns(ChatPaths paths, ChatTables tables, MeterWatch meters) {
        this.paths = paths;
        this.tables = tables;
        this.meters = meters;
    }

    /** The last run of a path since the lab was opened. */
    Optional<ChatReport> last(ChatPath path) {
        return Optional.ofNullable(last.get(path));
    }

    synchronized ChatReport run(ChatPath path, ChatScenario scenario, int workers) {
        Code code = paths.broken(path);
        HalfReport broken = half(code, scenario, workers);
        HalfReport guarded = half(paths.guarded(path), scenario, workers);
        ChatReport report = new ChatReport(path, scenario, broken.attempts().size(), code.batch(), broken, guarded);
        last.put(path, report);
        return report;
    }

    private HalfReport half(Code code, ChatScenario scenario, int workers) {
        UUID conversation = UUID.randomUUID();
        if (scenario != ChatScenario.NEW_CONVERSATION) {
            tables.create(conversation, ANN);
        }
        List<List<IncomingMessage>> batches = batches(conversation, scenario, workers, code.batch());
        Map<Meter.Id, Long> before = meters.read();
        Deleters deleters = new Deleters(
                scenario == ChatScenario.DELETED_MEANWHILE ? DELETERS : 0, () -> tables.delete(conversation));
        List<Attempt> attempts = Crowd.run(
                scenario.start(),
                batches.stream()
                        .<Runnable>map(batch -> () -> code.write().accept(batch))
                        .toList());
        ChatTally tally = tally(scenario, conversation, batches, attempts, deleters.stop());
        return new HalfReport(tally.holds(), tally.verdict(), tally.rows(), meters.since(before), attempts);
    }

    private ChatTally tally(
            ChatScenario scenario,
            UUID conversation,
            List<List<IncomingMessage>> batches,
            List<Attempt> attempts,
            Deleted deleted) {
        return new ChatTally(
                scenario,
                attempts.size(),
                Outcome.FAILED.among(attempts),
                Outcome.REFUSED.among(attempts),
                batches.stream()
                        .flatMap(List::stream)
                        .map(IncomingMessage::id)
                        .distinct()
                        .count(),
                tables.conversations(conversation),
                tables.messages(conversation),
                deleted);
    }

    /** A batch for each worker; with messages sent twice, each batch goes to two workers. */
    private static List<List<IncomingMessage>> batches(
            UUID conversation, ChatScenario scenario, int workers, int size) {
        int copies = scenario == ChatScenario.SENT_TWICE ? 2 : 1;
        long sender = scenario == ChatScenario.FOREIGN_CONVERSATION ? BOB : ANN;
        return IntStream.range(0, Math.max(1, workers / copies))
                .mapToObj(worker -> IntStream.range(0, size)
                        .mapToObj(i -> new IncomingMessage(UUID.randomUUID(), conversation, sender, "Hello"))
                        .toList())
                .flatMap(batch -> Collections.nCopies(copies, batch).stream())
                .toList();
    }
}

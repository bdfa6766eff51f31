package dev.writeguard.benchmarks;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** 20,000 messages of 1,000 conversations in one call, in the order in which they came. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 20)
@Measurement(iterations = 4, time = 20)
@Fork(1)
@State(Scope.Benchmark)
public class Bulk {

    static final String GUARDED = "guarded";
    static final String GUARDED_NEW = "guarded (new parents)";
    static final String UNNEST = "unnest by hand";
    static final String UNNEST_NEW = "unnest by hand (new parents)";

    private static final int CHILDREN = 20_000;
    private static final int PARENTS = 1_000;

    private Rounds rounds;

    @Setup(Level.Trial)
    public void variants(Chat chat) {
        BulkByHand byHand = new BulkByHand(chat.connection());
        BulkGuarded guarded = new BulkGuarded(chat.guard(), chat.connection());
        rounds = new Rounds(
                List.of(
                        new Variant(GUARDED, () -> guarded.insert(messages(chat::existing), false)),
                        new Variant(GUARDED_NEW, () -> guarded.insert(messages(chat::absent), true)),
                        new Variant(UNNEST, () -> byHand.unnest(messages(chat::existing))),
                        new Variant(UNNEST_NEW, () -> byHand.unnest(messages(chat::absent))),
                        new Variant("batch by hand", () -> byHand.batch(messages(chat::existing))),
                        new Variant("batch by hand (new parents)", () -> byHand.batch(messages(chat::absent)))),
                1);
    }

    @Benchmark
    public void round(Chat chat, Recording recording, Blackhole blackhole) throws SQLException {
        recording.add(rounds.run(chat.serverTime(), blackhole));
    }

    /** A message that has arrived. */
    record Arrived(UUID conversation, String body) {}

    private static List<Arrived> messages(Supplier<UUID> conversation) {
        List<UUID> conversations =
                Stream.generate(conversation).distinct().limit(PARENTS).toList();
        List<Arrived> messages = new ArrayList<>(CHILDREN);
        for (int i = 0; i < CHILDREN; i++) {
            messages.add(new Arrived(conversations.get(i % PARENTS), ByHand.BODY + i));
        }
        return messages;
    }
}

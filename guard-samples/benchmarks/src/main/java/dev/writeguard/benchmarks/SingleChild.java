package dev.writeguard.benchmarks;

import static dev.writeguard.benchmarks.ByHand.inTransaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** One message. An invocation is a round of all variants; JMH's own score, the time of a round, means nothing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 10)
@Measurement(iterations = 4, time = 10)
@Fork(1)
@State(Scope.Benchmark)
public class SingleChild {

    static final String UNGUARDED = "unguarded";
    static final String GUARDED = "guarded";
    static final String GUARDED_NEW = "guarded (new parent)";
    static final String BY_HAND = "by hand";
    static final String BY_HAND_NEW = "by hand (new parent)";
    static final String SAME_TEXT = "guarded's text by hand";
    static final String UNGUARDED_IN_TRANSACTION = "unguarded in a transaction";
    static final String GUARDED_IN_TRANSACTION = "guarded in a transaction";

    private static final int REPETITIONS = 20;

    private Rounds rounds;

    @Setup(Level.Trial)
    public void variants(Chat chat) {
        Connection connection = chat.connection();
        ByHand byHand = new ByHand(connection);
        Guarded guarded = new Guarded(chat.guard(), connection);
        SameText sameText = new SameText(chat);
        rounds = new Rounds(
                List.of(
                        new Variant(UNGUARDED, () -> byHand.insert(chat.existing())),
                        new Variant(GUARDED, () -> guarded.insert(chat.existing(), false)),
                        new Variant(SAME_TEXT, () -> sameText.insert(chat.existing())),
                        new Variant("guarded look first", () -> guarded.insertLookingFirst(chat.existing(), false)),
                        new Variant(
                                "guarded look first (new parent)",
                                () -> guarded.insertLookingFirst(chat.absent(), true)),
                        new Variant(GUARDED_NEW, () -> guarded.insert(chat.absent(), true)),
                        new Variant(BY_HAND, () -> byHand.checkThenInsert(chat.existing())),
                        new Variant(BY_HAND_NEW, () -> byHand.checkThenInsert(chat.absent())),
                        new Variant(UNGUARDED_IN_TRANSACTION, () -> byHand.insertInTransaction(chat.existing())),
                        new Variant(
                                GUARDED_IN_TRANSACTION,
                                () -> inTransaction(connection, () -> guarded.insert(chat.existing(), false))),
                        new Variant("guarded once", () -> guarded.insertOnce(chat.existing(), chat.absent())),
                        new Variant("guarded match", () -> guarded.insertMatching(chat.existing())),
                        new Variant("ensure", () -> guarded.ensure(chat.existing())),
                        new Variant("ensure (new parent)", () -> guarded.ensure(chat.absent())),
                        new Variant("ensure look first", () -> guarded.lookFirst(chat.existing()))),
                REPETITIONS);
    }

    @Benchmark
    public void round(Chat chat, Recording recording, Blackhole blackhole) throws SQLException {
        recording.add(rounds.run(chat.serverTime(), blackhole));
    }
}

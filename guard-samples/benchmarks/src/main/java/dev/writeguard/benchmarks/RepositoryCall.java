package dev.writeguard.benchmarks;

import dev.writeguard.benchmarks.jpa.GuardedJpa;
import dev.writeguard.benchmarks.jpa.UnguardedJpa;
import dev.writeguard.testkit.Database;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A method of a repository in which there is nothing to guard: 1,000 calls, so that a millisecond is a microsecond each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 10)
@Measurement(iterations = 4, time = 10)
@Fork(1)
@State(Scope.Benchmark)
public class RepositoryCall {

    static final String PLAIN = "plain";
    static final String GUARDED = "guarded";
    static final String PLAIN_IN_TRANSACTION = "plain in a transaction";
    static final String GUARDED_IN_TRANSACTION = "guarded in a transaction";

    private static final int CALLS = 1_000;
    private static final int REPETITIONS = 20;

    /** From the time of a variant to that of one of its calls. */
    static final double NANOS_TO_MICROSECONDS_OF_A_CALL = 1e-3 / CALLS;

    private Database database;
    private GuardedJpa guarded;
    private UnguardedJpa unguarded;
    private ProcessorTime serverTime;
    private Rounds rounds;

    @Setup(Level.Trial)
    public void variants() throws SQLException {
        database = Database.create("benchmark", Chat.SCHEMA);
        Connection connection = database.connect();
        var connections = new SingleConnectionDataSource(connection, true);
        guarded = GuardedJpa.on(connections);
        unguarded = UnguardedJpa.on(connections);
        serverTime = new ProcessorTime(connection);
        rounds = new Rounds(variants(guarded, unguarded), REPETITIONS);
    }

    static List<Variant> variants(GuardedJpa guarded, UnguardedJpa unguarded) {
        return List.of(
                new Variant(PLAIN, () -> unguarded.call(CALLS)),
                new Variant(GUARDED, () -> guarded.call(CALLS)),
                new Variant(PLAIN_IN_TRANSACTION, () -> unguarded.callInTransaction(CALLS)),
                new Variant(GUARDED_IN_TRANSACTION, () -> guarded.callInTransaction(CALLS)));
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
        guarded.close();
        unguarded.close();
        database.close();
    }

    @Benchmark
    public void round(Recording recording, Blackhole blackhole) throws SQLException {
        recording.add(rounds.run(serverTime, blackhole));
    }
}

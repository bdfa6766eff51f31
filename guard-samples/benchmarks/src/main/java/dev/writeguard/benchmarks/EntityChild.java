package dev.writeguard.benchmarks;

import dev.writeguard.benchmarks.jpa.GuardedJpa;
import dev.writeguard.benchmarks.jpa.UnguardedJpa;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

/** One message through JPA, in a transaction. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 6, time = 10)
@Measurement(iterations = 4, time = 10)
@Fork(1)
@State(Scope.Benchmark)
public class EntityChild {

    static final String UNGUARDED = "persist";
    static final String PERSIST = "guarded persist";
    static final String PERSIST_UNMET = "guarded persist (first time)";
    static final String PERSIST_NEW = "guarded persist (new parent)";
    static final String PERSIST_REFERENCE = "guarded persist (reference)";
    static final String PERSIST_LOOKING = "guarded persist look first";
    static final String PERSIST_LOOKING_NEW = "guarded persist look first (new parent)";
    static final String FIND = "find + persist";
    static final String FIND_NEW = "find + persist + persist";
    static final String SAVE = "guarded save";
    static final String SAVE_NEW = "guarded save (new parent)";
    static final String SAVES = "save + save";
    static final String SAVES_NEW = "save + save (new parent)";

    private static final int REPETITIONS = 20;

    private GuardedJpa guarded;
    private UnguardedJpa unguarded;
    private Rounds rounds;

    @Setup(Level.Trial)
    public void variants(Chat chat) {
        var connection = new SingleConnectionDataSource(chat.connection(), true);
        guarded = GuardedJpa.on(connection);
        unguarded = UnguardedJpa.on(connection);
        rounds = new Rounds(variants(guarded, unguarded, chat::existing, chat::unmet, chat::absent), REPETITIONS);
    }

    /**
     * All of them.
     *
     * @param existing conversations that are there, and are in use
     * @param unmet conversations that are there, each once
     * @param absent conversations that are not
     */
    static List<Variant> variants(
            GuardedJpa guarded,
            UnguardedJpa unguarded,
            Supplier<UUID> existing,
            Supplier<UUID> unmet,
            Supplier<UUID> absent) {
        return List.of(
                new Variant(UNGUARDED, () -> unguarded.persist(existing.get())),
                new Variant(PERSIST, () -> guarded.persist(existing.get(), false)),
                new Variant(PERSIST_UNMET, () -> guarded.persist(unmet.get(), false)),
                new Variant(PERSIST_NEW, () -> guarded.persist(absent.get(), true)),
                new Variant(PERSIST_REFERENCE, () -> guarded.persistWithReference(existing.get())),
                new Variant(PERSIST_LOOKING, () -> guarded.persistLooking(existing.get(), false)),
                new Variant(PERSIST_LOOKING_NEW, () -> guarded.persistLooking(absent.get(), true)),
                new Variant(FIND, () -> unguarded.findThenPersist(existing.get(), false)),
                new Variant(FIND_NEW, () -> unguarded.findThenPersist(absent.get(), true)),
                new Variant(SAVE, () -> guarded.save(existing.get(), false)),
                new Variant(SAVE_NEW, () -> guarded.save(absent.get(), true)),
                new Variant(SAVES, () -> unguarded.saveBoth(existing.get())),
                new Variant(SAVES_NEW, () -> unguarded.saveBoth(absent.get())));
    }

    @TearDown(Level.Trial)
    public void close() {
        guarded.close();
        unguarded.close();
    }

    @Benchmark
    public void round(Chat chat, Recording recording, Blackhole blackhole) throws SQLException {
        recording.add(rounds.run(chat.serverTime(), blackhole));
    }
}

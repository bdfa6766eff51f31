package dev.writeguard.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** Writes the rounds of the measured iterations to a file of this JVM's own, where {@link Report} finds them. */
@State(Scope.Benchmark)
public class Recording {

    static final String DIRECTORY = "guard.benchmarks.directory";

    private final long run = ProcessHandle.current().pid();
    private Trial trial;
    private PrintWriter file;
    private boolean measuring;
    private int number;

    static Path directory() {
        return Path.of(System.getProperty(DIRECTORY, "target/benchmarks"));
    }

    @Setup(Level.Trial)
    public void open(BenchmarkParams benchmark) throws IOException {
        String[] name = benchmark.getBenchmark().split("\\.", -1);
        trial = new Trial(
                name[name.length - 2],
                Objects.requireNonNullElse(benchmark.getParam("link"), ""),
                Objects.requireNonNullElse(benchmark.getParam("commits"), ""));
        Files.createDirectories(directory());
        file = new PrintWriter(Files.newBufferedWriter(directory().resolve("rounds-" + run + ".csv")));
        file.println(Round.HEADER);
    }

    @Setup(Level.Iteration)
    public void begin(IterationParams iteration) {
        measuring = iteration.getType() == IterationType.MEASUREMENT;
    }

    void add(Map<Variant, Measurement> round) {
        if (measuring) {
            number++;
            round.forEach(
                    (variant, measured) -> file.println(new Round(trial, run, number, variant.name(), measured).csv()));
        }
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        file.close();
        if (file.checkError()) {
            throw new IOException("The measurements could not be written to " + directory());
        }
    }
}

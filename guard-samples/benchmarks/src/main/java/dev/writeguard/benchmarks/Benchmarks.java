package dev.writeguard.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs JMH with the arguments given, then prints the report. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException, IOException {
        Path directory = Recording.directory().toAbsolutePath();
        Report.clear(directory);
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(arguments))
                .jvmArgsAppend(
                        "-D" + Recording.DIRECTORY + "=" + directory,
                        // The server writes to the disk of the project: a temporary directory may be in memory.
                        "-Dot.epg.working-dir=" + directory.resolve("postgres"),
                        "-Dguard.test.postgres.config=fsync=on")
                .shouldFailOnError(true)
                .build();
        new Runner(options).run();
        Report.print(directory, System.out);
    }
}

package dev.writeguard.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Prints what was measured: each variant as a multiple of the first, then the targets; and the same as a file. */
final class Report {

    private final PrintStream out;
    private final Map<Trial, Comparison> trials = new LinkedHashMap<>();
    private final List<String> ratios = new ArrayList<>(
            List.of("benchmark,link,commits,variant,base,first_quartile,median,third_quartile,wanted,verdict"));

    private Report(PrintStream out) {
        this.out = out;
    }

    /** Forgets what an earlier run measured. */
    static void clear(Path directory) throws IOException {
        for (Path file : files(directory)) {
            Files.delete(file);
        }
    }

    static void print(Path directory, PrintStream out) throws IOException {
        Map<Trial, List<Round>> rounds = new LinkedHashMap<>();
        for (Path file : files(directory)) {
            Files.readAllLines(file).stream()
                    .skip(1)
                    .map(Round::parse)
                    .forEach(round -> rounds.computeIfAbsent(round.trial(), first -> new ArrayList<>())
                            .add(round));
        }
        Report report = new Report(out);
        rounds.forEach((trial, all) -> report.trials.put(trial, new Comparison(all)));
        report.trials.forEach(report::printTable);
        report.printTargets();
        Files.write(directory.resolve("ratios.csv"), report.ratios);
    }

    private void printTable(Trial trial, Comparison comparison) {
        String base = trial.base();
        out.printf(Locale.ROOT, "%n%s: %d rounds%n", trial, comparison.size());
        out.printf(
                "%-41s %22s %12s %11s %11s %11s%n", "", "times " + base, "ms", "server ms", "client ms", "client kB");
        for (String variant : comparison.variants()) {
            Quartiles ratio = comparison.ratio(variant, base);
            out.printf(
                    Locale.ROOT,
                    "%-41s %22s %12.3f %11.3f %11.3f %11.1f%n",
                    variant,
                    ratio,
                    comparison.of(variant, Measurement::nanos).median() / 1e6,
                    comparison.of(variant, Measurement::serverNanos).median() / 1e6,
                    comparison.of(variant, Measurement::clientNanos).median() / 1e6,
                    comparison.of(variant, Measurement::clientBytes).median() / 1e3);
            ratios.add(line(trial, variant, base, ratio) + ",,");
        }
    }

    private void printTargets() {
        out.printf("%nTargets: median and quartiles of the rounds%n");
        for (Target target : Target.ALL) {
            trials.forEach((trial, comparison) -> {
                if (target.where().test(trial)) {
                    print(target, trial, target.measured(comparison));
                }
            });
        }
    }

    private void print(Target target, Trial trial, Quartiles measured) {
        String verdict = target.verdict(measured.median());
        out.printf(
                "%-42s %-56s %-19s %s  %s%n",
                trial, target.variant() + " : " + target.base(), target.wanted(), measured, verdict);
        ratios.add(line(trial, target.variant(), target.base(), measured) + "," + target.wanted() + "," + verdict);
    }

    /** All but what was wanted, and the verdict. */
    private static String line(Trial trial, String variant, String base, Quartiles ratio) {
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%s,%.4f,%.4f,%.4f",
                trial.benchmark(),
                trial.link(),
                trial.commits(),
                variant,
                base,
                ratio.first(),
                ratio.median(),
                ratio.third());
    }

    /** The files of {@link Recording}. */
    private static Iterable<Path> files(Path directory) throws IOException {
        Files.createDirectories(directory);
        var found = new TreeSet<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "rounds-*.csv")) {
            files.forEach(found::add);
        }
        return found;
    }
}

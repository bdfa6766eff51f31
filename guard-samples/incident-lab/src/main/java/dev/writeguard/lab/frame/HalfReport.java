package dev.writeguard.lab.frame;

import java.util.List;
import java.util.Locale;

/**
 * What came out on one side.
 *
 * @param holds whether the promise of the scenario was kept
 * @param verdict the same as a sentence
 * @param rows what is in the tables afterwards
 * @param meters what Guard counted
 */
public record HalfReport(
        boolean holds, String verdict, List<Figure> rows, List<MeterMove> meters, List<Attempt> attempts) {

    public HalfReport {
        rows = List.copyOf(rows);
        meters = List.copyOf(meters);
        attempts = List.copyOf(attempts);
    }

    public List<AttemptGroup> groups() {
        return AttemptGroup.of(attempts);
    }

    public long count(Outcome outcome) {
        return outcome.among(attempts);
    }

    /** Failed workers, in whole percent. */
    public long errorRate() {
        return Math.round(100.0 * count(Outcome.FAILED) / attempts.size());
    }

    /** The time within which that share of the workers had their answer: 9.4 ms, 104 ms. */
    public String latency(int percent) {
        long[] sorted = attempts.stream().mapToLong(Attempt::nanos).sorted().toArray();
        int position = (int) Math.ceil(percent / 100.0 * sorted.length) - 1;
        double millis = sorted[Math.max(0, position)] / 1e6;
        return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%.0f ms", millis);
    }
}

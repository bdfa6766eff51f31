package dev.writeguard.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The middle of many numbers, and how far they spread around it. */
record Quartiles(double first, double median, double third) {

    static Quartiles of(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("Nothing was measured");
        }
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    /** Between two neighbours it interpolates. */
    private static double at(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%5.2f  (%.2f .. %.2f)", median, first, third);
    }
}

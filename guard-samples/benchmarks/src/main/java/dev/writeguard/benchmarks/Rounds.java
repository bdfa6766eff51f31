package dev.writeguard.benchmarks;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Runs all variants in one shuffled sequence, so that whatever else the machine does hits all of them alike. JMH by
 * itself would run one variant after the other, minutes apart.
 */
final class Rounds {

    private static final long SEED = 20260101;

    private final List<Variant> sequence = new ArrayList<>();
    private final Random random = new Random(SEED);

    /**
     * @param repetitions how often each variant runs in a round
     */
    Rounds(List<Variant> variants, int repetitions) {
        for (Variant variant : variants) {
            sequence.addAll(Collections.nCopies(repetitions, variant));
        }
    }

    /** One round; for each variant the median of its repetitions. */
    Map<Variant, Measurement> run(ProcessorTime serverTime, Blackhole blackhole) throws SQLException {
        Collections.shuffle(sequence, random);
        Map<Variant, List<Measurement>> all = new LinkedHashMap<>();
        for (Variant variant : sequence) {
            all.computeIfAbsent(variant, first -> new ArrayList<>())
                    .add(Measurement.of(variant, serverTime, blackhole));
        }
        Map<Variant, Measurement> medians = new LinkedHashMap<>();
        all.forEach((variant, measured) -> medians.put(variant, Measurement.median(measured)));
        return medians;
    }
}

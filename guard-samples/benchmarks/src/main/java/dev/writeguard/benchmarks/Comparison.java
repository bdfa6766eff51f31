package dev.writeguard.benchmarks;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** The rounds of one trial side by side: variants are compared within a round only. */
final class Comparison {

    private record RoundId(long run, int number) {}

    private final Map<RoundId, Map<String, Measurement>> rounds = new LinkedHashMap<>();

    Comparison(Collection<Round> all) {
        for (Round round : all) {
            rounds.computeIfAbsent(new RoundId(round.run(), round.number()), first -> new LinkedHashMap<>())
                    .put(round.variant(), round.measured());
        }
    }

    int size() {
        return rounds.size();
    }

    /** The variants, the quickest first. */
    List<String> variants() {
        Set<String> names = new TreeSet<>();
        rounds.values().forEach(round -> names.addAll(round.keySet()));
        return names.stream()
                .sorted(Comparator.comparingDouble(
                        name -> of(name, Measurement::nanos).median()))
                .toList();
    }

    /** How long one variant takes, as a multiple of another's time in the same round. */
    Quartiles ratio(String variant, String base) {
        return Quartiles.of(rounds.values().stream()
                .mapToDouble(round ->
                        (double) in(round, variant).nanos() / in(round, base).nanos()));
    }

    /** How much longer one variant takes than another one in the same round, in the unit that the factor makes of nanoseconds. */
    Quartiles difference(String variant, String base, double factor) {
        return Quartiles.of(rounds.values().stream()
                .mapToDouble(round ->
                        factor * (in(round, variant).nanos() - in(round, base).nanos())));
    }

    Quartiles of(String variant, ToDoubleFunction<Measurement> part) {
        return Quartiles.of(rounds.values().stream().mapToDouble(round -> part.applyAsDouble(in(round, variant))));
    }

    private static Measurement in(Map<String, Measurement> round, String variant) {
        Measurement measured = round.get(variant);
        if (measured == null) {
            throw new IllegalArgumentException("Not every round has " + variant);
        }
        return measured;
    }
}

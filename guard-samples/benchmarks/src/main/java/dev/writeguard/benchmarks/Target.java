package dev.writeguard.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What the time of one variant may be, or must at least be, as a multiple of another's.
 *
 * @param where the trials that it applies to
 * @param limit the multiple
 * @param atMost whether it is an upper limit
 */
record Target(Predicate<Trial> where, String variant, String base, double limit, boolean atMost) {

    private static final double TOLERANCE = 1.2;

    static final List<Target> ALL = List.of(
            atMost(1.6, SingleChild.GUARDED, SingleChild.UNGUARDED, single(Chat.LOOPBACK)),
            atMost(1.1, SingleChild.GUARDED, SingleChild.UNGUARDED, single(Chat.NETWORK)),
            atLeast(1.8, SingleChild.BY_HAND, SingleChild.GUARDED, single(Chat.LOOPBACK, Chat.NON_DURABLE)),
            atLeast(1.3, SingleChild.BY_HAND, SingleChild.GUARDED, single(Chat.LOOPBACK, Chat.DURABLE)),
            atLeast(2.7, SingleChild.BY_HAND, SingleChild.GUARDED, single(Chat.NETWORK, Chat.NON_DURABLE)),
            atLeast(3.5, SingleChild.BY_HAND_NEW, SingleChild.GUARDED_NEW, single(Chat.NETWORK, Chat.NON_DURABLE)),
            atLeast(0.9, Bulk.UNNEST, Bulk.GUARDED, trial -> isOf(trial, Bulk.class)),
            atLeast(0.9, Bulk.UNNEST_NEW, Bulk.GUARDED_NEW, trial -> isOf(trial, Bulk.class)));

    String wanted() {
        return String.format(Locale.ROOT, "%s %.1f", atMost ? "at most" : "at least", limit);
    }

    String verdict(double ratio) {
        double miss = atMost ? ratio / limit : limit / ratio;
        return miss <= 1 ? "pass" : miss <= TOLERANCE ? "MISS" : "MISS by more than a fifth";
    }

    private static Target atMost(double limit, String variant, String base, Predicate<Trial> where) {
        return new Target(where, variant, base, limit, true);
    }

    private static Target atLeast(double limit, String variant, String base, Predicate<Trial> where) {
        return new Target(where, variant, base, limit, false);
    }

    private static Predicate<Trial> single(String link) {
        return trial -> isOf(trial, SingleChild.class) && trial.link().equals(link);
    }

    private static Predicate<Trial> single(String link, String commits) {
        return single(link).and(trial -> trial.commits().equals(commits));
    }

    private static boolean isOf(Trial trial, Class<?> benchmark) {
        return trial.benchmark().equals(benchmark.getSimpleName());
    }
}

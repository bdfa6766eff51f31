package dev.writeguard.benchmarks;

import java.util.List;
import java.util.function.Predicate;

/**
 * What one variant may take, beside another one.
 *
 * @param where the trials that it applies to
 * @param limit the multiple of the other's time, or the microseconds
 */
record Target(Predicate<Trial> where, String variant, String base, Kind kind, double limit) {

    private static final double TOLERANCE = 1.2;

    /** How the two are compared. */
    enum Kind {
        AT_MOST("at most %s"),
        AT_LEAST("at least %s"),
        /** Microseconds that a call takes longer. */
        ADDS_AT_MOST("adds at most %s µs");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    static final List<Target> ALL = List.of(
            atMost(1.6, SingleChild.GUARDED, SingleChild.UNGUARDED, single(Chat.LOOPBACK)),
            atMost(1.1, SingleChild.GUARDED, SingleChild.UNGUARDED, single(Chat.NETWORK)),
            atLeast(1.8, SingleChild.BY_HAND, SingleChild.GUARDED, single(Chat.LOOPBACK, Chat.NON_DURABLE)),
            atLeast(1.3, SingleChild.BY_HAND, SingleChild.GUARDED, single(Chat.LOOPBACK, Chat.DURABLE)),
            atLeast(2.7, SingleChild.BY_HAND, SingleChild.GUARDED, single(Chat.NETWORK, Chat.NON_DURABLE)),
            atLeast(3.5, SingleChild.BY_HAND_NEW, SingleChild.GUARDED_NEW, single(Chat.NETWORK, Chat.NON_DURABLE)),
            atLeast(0.9, Bulk.UNNEST, Bulk.GUARDED, trial -> trial.isOf(Bulk.class)),
            atLeast(0.9, Bulk.UNNEST_NEW, Bulk.GUARDED_NEW, trial -> trial.isOf(Bulk.class)),
            atMost(1.25, EntityChild.PERSIST, EntityChild.FIND, trial -> trial.isOf(EntityChild.class)),
            atMost(1.25, EntityChild.PERSIST_UNMET, EntityChild.FIND, trial -> trial.isOf(EntityChild.class)),
            atMost(1.25, EntityChild.PERSIST_LOOKING, EntityChild.FIND, trial -> trial.isOf(EntityChild.class)),
            atMost(1.0, EntityChild.PERSIST_NEW, EntityChild.FIND_NEW, trial -> trial.isOf(EntityChild.class)),
            atLeast(1.0, EntityChild.SAVES, EntityChild.PERSIST, entity(Chat.LOOPBACK)),
            atLeast(1.0, EntityChild.SAVES_NEW, EntityChild.PERSIST_NEW, entity(Chat.LOOPBACK)),
            atLeast(1.2, EntityChild.SAVES, EntityChild.PERSIST, entity(Chat.NETWORK)),
            atLeast(1.5, EntityChild.SAVES_NEW, EntityChild.PERSIST_NEW, entity(Chat.NETWORK)),
            atLeast(1.0, EntityChild.SAVES, EntityChild.SAVE, trial -> trial.isOf(EntityChild.class)),
            atLeast(1.0, EntityChild.SAVES_NEW, EntityChild.SAVE_NEW, trial -> trial.isOf(EntityChild.class)),
            adds(1.0, RepositoryCall.GUARDED, RepositoryCall.PLAIN),
            adds(1.0, RepositoryCall.GUARDED_IN_TRANSACTION, RepositoryCall.PLAIN_IN_TRANSACTION));

    String wanted() {
        return String.format(kind.text, limit);
    }

    /** What the rounds say, to be held against the limit. */
    Quartiles measured(Comparison comparison) {
        return kind == Kind.ADDS_AT_MOST
                ? comparison.difference(variant, base, RepositoryCall.NANOS_TO_MICROSECONDS_OF_A_CALL)
                : comparison.ratio(variant, base);
    }

    String verdict(double measured) {
        double miss = kind == Kind.AT_LEAST ? limit / measured : measured / limit;
        return miss <= 1 ? "pass" : miss <= TOLERANCE ? "MISS" : "MISS by more than a fifth";
    }

    private static Target atMost(double limit, String variant, String base, Predicate<Trial> where) {
        return new Target(where, variant, base, Kind.AT_MOST, limit);
    }

    private static Target atLeast(double limit, String variant, String base, Predicate<Trial> where) {
        return new Target(where, variant, base, Kind.AT_LEAST, limit);
    }

    private static Target adds(double limit, String variant, String base) {
        return new Target(trial -> trial.isOf(RepositoryCall.class), variant, base, Kind.ADDS_AT_MOST, limit);
    }

    private static Predicate<Trial> single(String link) {
        return trial -> trial.isOf(SingleChild.class) && trial.link().equals(link);
    }

    private static Predicate<Trial> single(String link, String commits) {
        return single(link).and(trial -> trial.commits().equals(commits));
    }

    private static Predicate<Trial> entity(String link) {
        return trial -> trial.isOf(EntityChild.class) && trial.link().equals(link);
    }
}

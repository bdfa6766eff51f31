package dev.writeguard.benchmarks;

import java.util.Map;
import java.util.Objects;

/**
 * The circumstances under which all variants of a benchmark ran.
 *
 * @param benchmark its simple name
 * @param link a value of {@link Chat#link}; empty where it does not matter
 * @param commits a value of {@link Chat#commits}; empty where it does not matter
 */
record Trial(String benchmark, String link, String commits) {

    private static final Map<String, String> BASES = Map.of(
            SingleChild.class.getSimpleName(), SingleChild.UNGUARDED,
            Bulk.class.getSimpleName(), Bulk.UNNEST,
            EntityChild.class.getSimpleName(), EntityChild.UNGUARDED,
            RepositoryCall.class.getSimpleName(), RepositoryCall.PLAIN);

    /** Whether this is a trial of that benchmark. */
    boolean isOf(Class<?> type) {
        return benchmark.equals(type.getSimpleName());
    }

    /** The variant with which the others are compared. */
    String base() {
        return Objects.requireNonNull(BASES.get(benchmark), benchmark);
    }

    @Override
    public String toString() {
        return link.isEmpty() ? benchmark : benchmark + ", " + link + ", " + commits + " commits";
    }
}

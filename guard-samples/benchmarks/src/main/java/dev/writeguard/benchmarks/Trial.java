package dev.writeguard.benchmarks;

/**
 * The circumstances under which all variants of a benchmark ran.
 *
 * @param benchmark its simple name
 * @param link a value of {@link Chat#link}
 * @param commits a value of {@link Chat#commits}
 */
record Trial(String benchmark, String link, String commits) {

    /** The variant with which the others are compared. */
    String base() {
        return benchmark.equals(SingleChild.class.getSimpleName()) ? SingleChild.UNGUARDED : Bulk.UNNEST;
    }

    @Override
    public String toString() {
        return benchmark + ", " + link + ", " + commits + " commits";
    }
}

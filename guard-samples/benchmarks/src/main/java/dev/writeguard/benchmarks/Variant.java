package dev.writeguard.benchmarks;

import java.sql.SQLException;

/**
 * One way to do the write.
 *
 * @param name as the report and the files call it; without the comma that separates columns there
 */
record Variant(String name, Work work) {

    Variant {
        if (name.contains(",")) {
            throw new IllegalArgumentException("A comma in the name of '" + name + "'");
        }
    }

    /** Does the write once and returns what came of it. */
    @FunctionalInterface
    interface Work {
        Object run() throws SQLException;
    }
}

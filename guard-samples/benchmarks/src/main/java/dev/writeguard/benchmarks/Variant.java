package dev.writeguard.benchmarks;

import java.sql.SQLException;

/**
 * One way to do the write.
 *
 * @param name as the report and the files call it
 */
record Variant(String name, Work work) {

    /** Does the write once and returns what came of it. */
    @FunctionalInterface
    interface Work {
        Object run() throws SQLException;
    }
}

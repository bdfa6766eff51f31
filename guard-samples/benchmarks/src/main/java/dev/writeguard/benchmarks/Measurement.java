package dev.writeguard.benchmarks;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToLongFunction;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What one write took.
 *
 * @param nanos from call to return
 * @param serverNanos processor time of the server's process in it
 * @param clientNanos processor time of the calling thread in it, system calls included
 * @param clientBytes allocated by the calling thread
 */
record Measurement(long nanos, long serverNanos, long clientNanos, long clientBytes) {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Measurement of(Variant variant, ProcessorTime serverTime, Blackhole blackhole) throws SQLException {
        long server = serverTime.nanos();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        Object outcome = variant.work().run();
        long nanos = System.nanoTime() - start;
        cpu = THREADS.getCurrentThreadCpuTime() - cpu;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        server = serverTime.nanos() - server;
        blackhole.consume(outcome);
        return new Measurement(nanos, server, cpu, bytes);
    }

    /** The median of each of the three. */
    static Measurement median(List<Measurement> all) {
        return new Measurement(
                median(all, Measurement::nanos),
                median(all, Measurement::serverNanos),
                median(all, Measurement::clientNanos),
                median(all, Measurement::clientBytes));
    }

    private static long median(List<Measurement> all, ToLongFunction<Measurement> part) {
        return Math.round(
                Quartiles.of(all.stream().mapToDouble(part::applyAsLong)).median());
    }
}

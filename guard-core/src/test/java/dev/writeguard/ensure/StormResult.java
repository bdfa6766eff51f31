package dev.writeguard.ensure;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the workers of a storm were told, to be compared with what is stored. */
final class StormResult {

    final LongAdder acknowledgedMessages = new LongAdder();
    final LongAdder deletedMessages = new LongAdder();
    final LongAdder deletedConversations = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder repeats = new LongAdder();
    final AtomicLong mostRepeats = new AtomicLong();

    /** Failures of writers that no retry was allowed to hide, by SQLSTATE. */
    final Map<String, LongAdder> writerErrors = new ConcurrentHashMap<>();

    /** The same of deleters. */
    final Map<String, LongAdder> deleterErrors = new ConcurrentHashMap<>();

    static void add(Map<String, LongAdder> errors, String state) {
        errors.computeIfAbsent(state, absent -> new LongAdder()).increment();
    }

    long writerErrors(String state) {
        return count(writerErrors, state);
    }

    long deleterErrors(String state) {
        return count(deleterErrors, state);
    }

    private static long count(Map<String, LongAdder> errors, String state) {
        LongAdder count = errors.get(state);
        return count == null ? 0 : count.sum();
    }

    void repeated(int times) {
        repeats.add(times);
        mostRepeats.accumulateAndGet(times, Math::max);
    }

    @Override
    public String toString() {
        return "acknowledged " + acknowledgedMessages + ", deleted " + deletedMessages + " messages and "
                + deletedConversations + " conversations, transactions retried " + retries + ", statements repeated "
                + repeats + " (at most " + mostRepeats + " in a row), writer errors " + new TreeMap<>(writerErrors)
                + ", deleter errors " + new TreeMap<>(deleterErrors);
    }
}

package dev.writeguard.testkit;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one connection, written by its two pumps and read by anybody. */
final class WireTally {

    private static final int PARSES = 0;
    private static final int BINDS = 1;
    private static final int DESCRIBES = 2;
    private static final int EXECUTES = 3;
    private static final int SYNCS = 4;
    private static final int QUERIES = 5;
    private static final int ROUND_TRIPS = 6;
    private static final int SENT = 7;
    private static final int RECEIVED = 8;

    private final AtomicLongArray counts = new AtomicLongArray(9);

    /** Whether the server answers the message with ReadyForQuery. */
    static boolean endsTurn(byte type) {
        return type == 'S' || type == 'Q' || type == 'F';
    }

    void request(byte type) {
        switch (type) {
            case 'P' -> add(PARSES, 1);
            case 'B' -> add(BINDS, 1);
            case 'D' -> add(DESCRIBES, 1);
            case 'E' -> add(EXECUTES, 1);
            case 'S' -> add(SYNCS, 1);
            case 'Q', 'F' -> add(QUERIES, 1);
            default -> {
                // Close, CopyData and others cost bytes only.
            }
        }
    }

    void roundTrip() {
        add(ROUND_TRIPS, 1);
    }

    void sent(int bytes) {
        add(SENT, bytes);
    }

    void received(int bytes) {
        add(RECEIVED, bytes);
    }

    WireCounts counts() {
        return new WireCounts(
                counts.get(PARSES),
                counts.get(BINDS),
                counts.get(DESCRIBES),
                counts.get(EXECUTES),
                counts.get(SYNCS),
                counts.get(QUERIES),
                counts.get(ROUND_TRIPS),
                counts.get(SENT),
                counts.get(RECEIVED));
    }

    private void add(int index, long count) {
        counts.getAndAdd(index, count);
    }
}

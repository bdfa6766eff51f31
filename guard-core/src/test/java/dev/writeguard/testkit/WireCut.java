package dev.writeguard.testkit;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A loss of connection that a {@link WireProxy} was told to cause, once. */
public final class WireCut {

    private final boolean beforeRequest;
    private final AtomicInteger roundTrips;
    private final byte @Nullable [] tag;
    private final AtomicBoolean happened = new AtomicBoolean();

    private WireCut(boolean beforeRequest, int nth, byte @Nullable [] tag) {
        this.beforeRequest = beforeRequest;
        this.roundTrips = new AtomicInteger(nth);
        this.tag = tag;
    }

    static WireCut beforeRequest(int nth) {
        return new WireCut(true, positive(nth), null);
    }

    static WireCut beforeReply(int nth) {
        return new WireCut(false, positive(nth), null);
    }

    static WireCut beforeReplyTagged(String tag) {
        return new WireCut(false, 0, (tag + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Whether it has come to it. True before the client can notice, so that a test which sees the failure may assert it, and
     * should: a cut that missed proves nothing.
     */
    public boolean happened() {
        return happened.get();
    }

    boolean isBeforeRequest() {
        return beforeRequest;
    }

    /** Counts a round trip; true for the one that is hit. */
    boolean hitsRoundTrip() {
        return tag == null && roundTrips.decrementAndGet() == 0 && happened.compareAndSet(false, true);
    }

    /** True if this completed command is the one that is hit. */
    boolean hitsCommand(MessageScanner reply) {
        byte[] wanted = tag;
        return wanted != null && reply.bodyStartsWith(wanted) && happened.compareAndSet(false, true);
    }

    private static int positive(int nth) {
        if (nth < 1) {
            throw new IllegalArgumentException("Round trips are counted from 1: " + nth);
        }
        return nth;
    }
}

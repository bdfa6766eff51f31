package dev.writeguard.lab.frame;

import org.hibernate.SessionEventListener;

/** Notes where Hibernate's flushes begin and end. {@code application.yml} names it; each session has one. */
public final class TracedFlushes implements SessionEventListener {

    @Override
    public void flushStart() {
        note(true);
    }

    @Override
    public void flushEnd(int numberOfEntities, int numberOfCollections) {
        note(false);
    }

    private static void note(boolean starts) {
        Trace trace = Trace.current();
        if (trace != null) {
            trace.flush(starts);
        }
    }
}

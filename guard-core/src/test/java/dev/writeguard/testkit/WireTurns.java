package dev.writeguard.testkit;

/**
 * What the two pumps of a connection know of each other.
 *
 * <p>A turn is a Sync or simple Query with what precedes it, answered by one ReadyForQuery; one more ReadyForQuery ends the
 * start-up. A client may send several turns before it reads: pgjdbc sends BEGIN as a simple Query in front of the first statement.
 * So a round trip is not a turn: it begins when the client sends while nothing is under way.
 */
final class WireTurns {

    private static final int NONE = -1;

    private volatile int asked;
    private volatile boolean asking;
    private volatile int ready;
    private volatile int lostReply = NONE;

    /** Whether the start-up is over. */
    boolean started() {
        return ready > 0;
    }

    /** Whether every turn is answered, and no further one begun. */
    boolean idle() {
        return !asking && asked == ready - 1;
    }

    /** So many turns are asked, and perhaps a part of the next. To be told before they are sent. */
    void ask(int turns, boolean partOfNext) {
        asking = partOfNext;
        asked = turns;
    }

    /** One turn is answered, or the start-up. To be told before that is relayed. */
    void answer(int total) {
        ready = total;
    }

    /** Replies from this turn on are not to reach the client. To be told before the turn is sent. */
    void loseReplyTo(int turn) {
        lostReply = turn;
    }

    /** Whether the next reply is to be lost: the reply to turn n lies between the n-th ReadyForQuery and the next. */
    boolean losesReply() {
        return lostReply != NONE && lostReply <= ready;
    }
}

package dev.writeguard.testkit;

/** Counts what the client sends, and finds the request at which a connection is to be cut. */
final class WireRequests extends MessageScanner {

    private final WireProxy proxy;
    private final WireTally tally;
    private final WireTurns turns;
    private int turn;
    private boolean inTurn;
    private boolean roundTripCounted;
    private int turnStart;
    private int cutAt;

    WireRequests(WireProxy proxy, WireTally tally, WireTurns turns) {
        this.proxy = proxy;
        this.tally = tally;
        this.turns = turns;
    }

    /** Returns how many bytes to forward; fewer than there are if the connection is to be cut there. */
    int scan(byte[] buffer, int length) {
        if (!turns.started()) {
            feed(buffer, length);
            return length;
        }
        tally.sent(length);
        if (turns.idle()) {
            roundTripCounted = false;
        }
        turnStart = 0;
        cutAt = length;
        feed(buffer, length);
        turns.ask(turn, inTurn || !betweenMessages());
        return cutAt;
    }

    @Override
    void begin(byte type, int startOffset) {
        if (!turns.started()) {
            return;
        }
        inTurn = true;
        tally.request(type);
        if (WireTally.endsTurn(type)) {
            turn++;
            if (!roundTripCounted) {
                roundTripCounted = true;
                roundTrip();
            }
        }
    }

    private void roundTrip() {
        tally.roundTrip();
        WireCut cut = proxy.armed();
        if (cut != null && cut.hitsRoundTrip()) {
            if (cut.isBeforeRequest()) {
                cutAt = turnStart;
            } else {
                turns.loseReplyTo(turn);
            }
        }
    }

    @Override
    void end(byte type, int startOffset, int endOffset) {
        if (WireTally.endsTurn(type)) {
            inTurn = false;
            turnStart = endOffset;
        }
    }
}

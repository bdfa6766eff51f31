package dev.writeguard.testkit;

/** Follows what the server sends, and withholds the reply that is to be lost. */
final class WireReplies extends MessageScanner {

    private final WireProxy proxy;
    private final WireConnection connection;
    private final WireTurns turns;
    private int ready;
    private boolean losing;
    private int relayed;

    WireReplies(WireProxy proxy, WireConnection connection, WireTurns turns) {
        this.proxy = proxy;
        this.connection = connection;
        this.turns = turns;
    }

    /** Returns how many bytes to relay. */
    int scan(byte[] buffer, int length) {
        if (turns.started()) {
            connection.tally().received(length);
        }
        relayed = length;
        if (losing || turns.losesReply()) {
            lose(0);
        }
        feed(buffer, length);
        return relayed;
    }

    @Override
    void end(byte type, int startOffset, int endOffset) {
        switch (type) {
            case 'K' -> proxy.identified(connection, bodyInt());
            case 'C' -> commandComplete(startOffset);
            case 'Z' -> readyForQuery(endOffset);
            default -> {
                // Rows and notices are only passed on.
            }
        }
    }

    private void commandComplete(int startOffset) {
        WireCut cut = proxy.armed();
        if (cut != null && cut.hitsCommand(this)) {
            lose(startOffset);
        }
    }

    /** When all is answered, what the server did is done. Only then may a connection end whose reply is lost. */
    private void readyForQuery(int endOffset) {
        turns.answer(++ready);
        if (turns.losesReply()) {
            lose(endOffset);
        }
        if (losing && turns.idle()) {
            connection.hangUp();
        }
    }

    private void lose(int offset) {
        losing = true;
        relayed = Math.min(relayed, offset);
    }
}

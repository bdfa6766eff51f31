package dev.writeguard.testkit;

/**
 * Finds the messages in a stream of PostgreSQL's protocol (a type byte, a length, a body) without collecting them: wherever the
 * stream is split into chunks, only the header and a short prefix of the body are remembered.
 */
abstract class MessageScanner {

    private static final int HEADER = 5;

    private final byte[] header = new byte[HEADER];
    private final byte[] prefix = new byte[32];
    private int headerLength;
    private int prefixLength;
    private int start;
    private int left;

    /** Reads a chunk; the hooks are told offsets in it. */
    final void feed(byte[] chunk, int length) {
        // A message that began in an earlier chunk begins, for this one, at its front.
        start = 0;
        int at = 0;
        while (at < length) {
            if (headerLength < HEADER) {
                if (headerLength == 0) {
                    start = at;
                }
                header[headerLength++] = chunk[at++];
                if (headerLength == HEADER) {
                    left = intAt(header, 1) - 4;
                    prefixLength = 0;
                    begin(header[0], start);
                }
            } else {
                int taken = Math.min(left, length - at);
                keep(chunk, at, taken);
                left -= taken;
                at += taken;
            }
            if (headerLength == HEADER && left == 0) {
                headerLength = 0;
                end(header[0], start, at);
            }
        }
    }

    private void keep(byte[] chunk, int at, int length) {
        int kept = Math.min(length, prefix.length - prefixLength);
        if (kept > 0) {
            System.arraycopy(chunk, at, prefix, prefixLength, kept);
            prefixLength += kept;
        }
    }

    /** A header is complete. */
    void begin(byte type, int startOffset) {}

    /** A message is complete; it ends before the end offset. */
    void end(byte type, int startOffset, int endOffset) {}

    /** Whether the chunk ended with a message. */
    final boolean betweenMessages() {
        return headerLength == 0;
    }

    /** The number at the front of the body; in {@link #end}. */
    final int bodyInt() {
        return intAt(prefix, 0);
    }

    /** Whether the body begins with this text; in {@link #end}. */
    final boolean bodyStartsWith(byte[] text) {
        return prefixLength >= text.length && java.util.Arrays.equals(prefix, 0, text.length, text, 0, text.length);
    }

    private static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | bytes[at + 3] & 0xFF;
    }
}

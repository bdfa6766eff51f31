package dev.writeguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageScannerTests {

    private static final byte[] STREAM = concat(
            message('C', "COMMIT\0"),
            message('Z', "I"),
            message('S', ""),
            message('D', "x".repeat(100)),
            message('Z', "T"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 1000})
    void findsTheSameMessagesHoweverTheStreamIsSplit(int size) {
        Recorder recorder = new Recorder();
        for (int at = 0; at < STREAM.length; at += size) {
            byte[] chunk = Arrays.copyOfRange(STREAM, at, Math.min(at + size, STREAM.length));
            recorder.feed(chunk, chunk.length);
        }
        assertThat(recorder.begun).containsExactly("C", "Z", "S", "D", "Z");
        assertThat(recorder.ended).containsExactly("C COMMIT", "Z", "S", "D", "Z");
    }

    @Test
    void tellsWhereAMessageBeginsAndEndsInTheChunk() {
        Recorder recorder = new Recorder();
        recorder.feed(STREAM, 14);
        byte[] rest = Arrays.copyOfRange(STREAM, 14, STREAM.length);
        recorder.feed(rest, rest.length);
        assertThat(recorder.offsets).containsExactly("0-12", "0-4", "4-9", "9-114", "114-120");
    }

    private static byte[] message(char type, String body) {
        byte[] text = body.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(5 + text.length)
                .put((byte) type)
                .putInt(4 + text.length)
                .put(text)
                .array();
    }

    private static byte[] concat(byte[]... messages) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(messages).mapToInt(message -> message.length).sum());
        Arrays.stream(messages).forEach(all::put);
        return all.array();
    }

    private static final class Recorder extends MessageScanner {

        final List<String> begun = new ArrayList<>();
        final List<String> ended = new ArrayList<>();
        final List<String> offsets = new ArrayList<>();

        @Override
        void begin(byte type, int startOffset) {
            begun.add(Character.toString(type));
        }

        @Override
        void end(byte type, int startOffset, int endOffset) {
            boolean commit = bodyStartsWith("COMMIT\0".getBytes(StandardCharsets.US_ASCII));
            ended.add(Character.toString(type) + (commit ? " COMMIT" : ""));
            offsets.add(startOffset + "-" + endOffset);
        }
    }
}

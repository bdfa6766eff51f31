package dev.writeguard.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** One direction of a connection: in order, at once or after a delay. */
interface WireLine {

    /** Sends the first bytes of the buffer, which may be reused afterwards. */
    void send(byte[] buffer, int length) throws IOException;

    /** Runs the action behind everything that was sent. */
    void finish(Runnable action);

    /** A line without delay writes on the caller's thread. */
    static WireLine direct(OutputStream out) {
        return new WireLine() {
            @Override
            public void send(byte[] buffer, int length) throws IOException {
                out.write(buffer, 0, length);
            }

            @Override
            public void finish(Runnable action) {
                action.run();
            }
        };
    }

    /** A line with delay writes on a daemon thread of its own; {@code broken} is run if the receiver is gone. */
    static WireLine delayed(OutputStream out, Duration delay, String name, Runnable broken) {
        Delayed line = new Delayed(out, delay.toNanos(), broken);
        Thread thread = new Thread(line, name);
        thread.setDaemon(true);
        thread.start();
        return line;
    }

    /** Bytes carry the moment at which they are due, so that the delay adds to latency and takes nothing from throughput. */
    final class Delayed implements WireLine, Runnable {

        /** Parking on Linux is late by 50 to 100 µs; the rest is spun away. */
        private static final long SPIN_NANOS = 120_000;

        private record Chunk(byte[] bytes, long due, Runnable finish) {}

        private static final Runnable GO_ON = () -> {};

        private final OutputStream out;
        private final long delayNanos;
        private final Runnable broken;
        private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(1024);

        Delayed(OutputStream out, long delayNanos, Runnable broken) {
            this.out = out;
            this.delayNanos = delayNanos;
            this.broken = broken;
        }

        @Override
        public void send(byte[] buffer, int length) {
            put(new Chunk(Arrays.copyOf(buffer, length), System.nanoTime() + delayNanos, GO_ON));
        }

        @Override
        public void finish(Runnable action) {
            put(new Chunk(new byte[0], System.nanoTime() + delayNanos, action));
        }

        private void put(Chunk chunk) {
            try {
                queue.put(chunk);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts the proxy's threads", e);
            }
        }

        @Override
        public void run() {
            try {
                boolean receiving = true;
                Chunk chunk;
                do {
                    chunk = queue.take();
                    awaitDue(chunk.due());
                    receiving = receiving && write(chunk);
                    chunk.finish().run();
                } while (chunk.finish() == GO_ON);
            } catch (InterruptedException e) {
                broken.run();
            }
        }

        /** Writes, or finds the receiver gone; then the rest is only taken from the queue, so that the sender never hangs. */
        private boolean write(Chunk chunk) {
            try {
                out.write(chunk.bytes());
                return true;
            } catch (IOException e) {
                broken.run();
                return false;
            }
        }

        private static void awaitDue(long due) {
            long left = due - System.nanoTime();
            while (left > 0) {
                if (left > SPIN_NANOS) {
                    LockSupport.parkNanos(left - SPIN_NANOS);
                } else {
                    Thread.onSpinWait();
                }
                left = due - System.nanoTime();
            }
        }
    }
}

package dev.writeguard.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A network between client and server that can be measured: it counts messages and round trips, adds a delay, and cuts a
 * connection at a moment that matters.
 *
 * <p>Delay: bytes read are written that much later in the same direction, in order, whatever else is under way. Without delay a
 * read is written on the same thread. Encryption is declined, so clients with {@code sslmode=require} cannot pass.
 *
 * <p>Cuts hit the n-th round trip from when they are asked for, counted over all connections; a new one replaces one that has not
 * happened. When the client notices the loss, the server's backend has ended: what it did is committed or rolled back, so the test
 * may look at once. Thread-safe; its threads are daemons.
 */
public final class WireProxy implements AutoCloseable {

    /** What is measured. */
    @FunctionalInterface
    public interface Action<E extends Exception> {
        /** Does it. */
        void run() throws E;
    }

    private final String serverHost;
    private final int serverPort;
    private final Duration oneWayDelay;
    private final ServerSocket listener;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<WireTally> tallies = new ConcurrentLinkedQueue<>();
    private final Map<Integer, WireTally> tallyByPid = new ConcurrentHashMap<>();
    private final Set<WireConnection> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable WireCut armed;

    private WireProxy(String serverHost, int serverPort, Duration oneWayDelay) {
        this.serverHost = serverHost;
        this.serverPort = serverPort;
        this.oneWayDelay = oneWayDelay;
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proxy without delay. */
    public static WireProxy to(PostgresServer server) {
        return to(server, Duration.ZERO);
    }

    /** A proxy that delays each direction: a round trip takes at least twice as long. Nanoseconds count. */
    public static WireProxy to(PostgresServer server, Duration oneWayDelay) {
        return to(server.host(), server.port(), oneWayDelay);
    }

    /** A proxy to a server that is not the shared one. */
    public static WireProxy to(String host, int port, Duration oneWayDelay) {
        WireProxy proxy = new WireProxy(host, port, oneWayDelay);
        proxy.startThread("wire-proxy-" + proxy.port(), proxy::accept);
        return proxy;
    }

    /** Host to connect to instead of the server's. */
    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    /** Port to connect to instead of the server's. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Everything counted since the proxy was made, over all connections. */
    public WireCounts counts() {
        return tallies.stream().map(WireTally::counts).reduce(WireCounts.NONE, WireCounts::plus);
    }

    /** What was counted on one connection, which was made through this proxy. */
    public WireCounts counts(Connection connection) throws SQLException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        WireTally tally = tallyByPid.get(pid);
        if (tally == null) {
            throw new IllegalArgumentException("Not through this proxy: the connection of pid " + pid);
        }
        return tally.counts();
    }

    /** What passes, on all connections, while the action runs. */
    public <E extends Exception> WireCounts measure(Action<E> action) throws E {
        WireCounts before = counts();
        action.run();
        return counts().minus(before);
    }

    /** Loses the n-th request: the server sees at most a part of it, and rolls back. */
    public WireCut cutBeforeRequest(int nth) {
        return arm(WireCut.beforeRequest(nth));
    }

    /** Loses the reply to the n-th request: the server has carried it out, and the client cannot know. */
    public WireCut cutBeforeReply(int nth) {
        return arm(WireCut.beforeReply(nth));
    }

    /** Loses the reply to the next command that the server reports as done by this tag, say {@code COMMIT}. */
    public WireCut cutBeforeReplyTagged(String tag) {
        return arm(WireCut.beforeReplyTagged(tag));
    }

    /** Ends all connections at once, without regard to what is under way. New ones are accepted. */
    public void cutNow() {
        open.forEach(WireConnection::close);
    }

    /** Ends all connections and accepts no more. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutNow();
    }

    @Nullable
    WireCut armed() {
        WireCut cut = armed;
        return cut == null || cut.happened() ? null : cut;
    }

    void identified(WireConnection connection, int pid) {
        tallyByPid.put(pid, connection.tally());
    }

    void closed(WireConnection connection) {
        open.remove(connection);
    }

    private WireCut arm(WireCut cut) {
        armed = cut;
        return cut;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // Closed, or a client that has left already. A server that is gone is noticed by the client.
            }
        }
    }

    @SuppressWarnings("resource")
    private void connect(Socket client) throws IOException {
        try {
            String name = "wire-" + port() + "-" + accepted.incrementAndGet();
            Socket server = new Socket(serverHost, serverPort);
            WireConnection connection = new WireConnection(this, client, server, oneWayDelay, name);
            open.add(connection);
            tallies.add(connection.tally());
            startThread(name + "-requests", connection::pumpRequests);
            startThread(name + "-replies", connection::pumpReplies);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void startThread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}

package dev.writeguard.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;

/** One connection through a {@link WireProxy}: two sockets, a pump for requests and a pump for replies. */
final class WireConnection {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int BUFFER = 1 << 16;

    private final WireProxy proxy;
    private final Socket client;
    private final Socket server;
    private final WireLine toServer;
    private final WireLine toClient;
    private final WireTally tally = new WireTally();
    private final WireRequests requests;
    private final WireReplies replies;

    WireConnection(WireProxy proxy, Socket client, Socket server, Duration delay, String name) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        if (delay.isZero()) {
            this.toServer = WireLine.direct(server.getOutputStream());
            this.toClient = WireLine.direct(client.getOutputStream());
        } else {
            this.toServer = WireLine.delayed(server.getOutputStream(), delay, name + "-to-server", this::close);
            this.toClient = WireLine.delayed(client.getOutputStream(), delay, name + "-to-client", this::close);
        }
        WireTurns turns = new WireTurns();
        this.requests = new WireRequests(proxy, tally, turns);
        this.replies = new WireReplies(proxy, this, turns);
    }

    WireTally tally() {
        return tally;
    }

    /** Forwards what opens the connection, then requests, until the client or a cut ends them. */
    void pumpRequests() {
        try {
            InputStream in = client.getInputStream();
            forwardStartup(new DataInputStream(in));
            byte[] buffer = new byte[BUFFER];
            int length = in.read(buffer);
            while (length >= 0) {
                int forwarded = requests.scan(buffer, length);
                toServer.send(buffer, forwarded);
                length = forwarded < length ? -1 : in.read(buffer);
            }
            hangUp();
        } catch (IOException e) {
            close();
        }
    }

    /** Forwards replies until the server ends the connection, which is then closed on both sides. */
    void pumpReplies() {
        try {
            InputStream in = server.getInputStream();
            byte[] buffer = new byte[BUFFER];
            int length = in.read(buffer);
            while (length >= 0) {
                int relayed = replies.scan(buffer, length);
                if (relayed > 0) {
                    toClient.send(buffer, relayed);
                }
                length = in.read(buffer);
            }
            toClient.finish(this::close);
        } catch (IOException e) {
            close();
        }
    }

    /** Tells the server that the client is gone. Its end of the connection stays open until the backend has left. */
    void hangUp() {
        toServer.finish(() -> {
            try {
                server.shutdownOutput();
            } catch (IOException e) {
                close();
            }
        });
    }

    void close() {
        proxy.closed(this);
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                // It was to be closed, and is.
            }
        }
    }

    /** The first packet has no type byte. Encryption is declined, since it would hide what is to be counted. */
    private void forwardStartup(DataInputStream in) throws IOException {
        int length = in.readInt();
        int code = in.readInt();
        while (code == SSL_REQUEST || code == GSS_REQUEST) {
            client.getOutputStream().write('N');
            length = in.readInt();
            code = in.readInt();
        }
        byte[] packet = new byte[length];
        java.nio.ByteBuffer.wrap(packet).putInt(length).putInt(code);
        in.readFully(packet, 8, length - 8);
        toServer.send(packet, length);
    }
}

package dev.writeguard.testkit;

/**
 * What passed a {@link WireProxy}: messages of the client by kind, bytes of both directions. The conversation that opens a
 * connection, up to the first ReadyForQuery, is not included.
 *
 * @param parses Parse messages
 * @param binds Bind messages
 * @param describes Describe messages
 * @param executes Execute messages
 * @param syncs Sync messages, each of which the server answers with ReadyForQuery
 * @param queries simple Query messages and function calls, likewise
 * @param roundTrips how often the client waited for the server. Usually syncs + queries, but pgjdbc sends BEGIN as a simple Query
 *     in front of the first statement and waits for both. COPY ... FROM STDIN waits once more than is counted here
 * @param bytesSent bytes from client to server
 * @param bytesReceived bytes from server to client
 */
public record WireCounts(
        long parses,
        long binds,
        long describes,
        long executes,
        long syncs,
        long queries,
        long roundTrips,
        long bytesSent,
        long bytesReceived) {

    static final WireCounts NONE = new WireCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    WireCounts plus(WireCounts other) {
        return new WireCounts(
                parses + other.parses,
                binds + other.binds,
                describes + other.describes,
                executes + other.executes,
                syncs + other.syncs,
                queries + other.queries,
                roundTrips + other.roundTrips,
                bytesSent + other.bytesSent,
                bytesReceived + other.bytesReceived);
    }

    WireCounts minus(WireCounts other) {
        return new WireCounts(
                parses - other.parses,
                binds - other.binds,
                describes - other.describes,
                executes - other.executes,
                syncs - other.syncs,
                queries - other.queries,
                roundTrips - other.roundTrips,
                bytesSent - other.bytesSent,
                bytesReceived - other.bytesReceived);
    }
}

package dev.writeguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class WireProxyIT extends ItemsBehindAProxy {

    @Test
    void countsTwoStatementsInOnePreparedStatementAsOneRoundTrip(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        WireCounts counts = proxy.measure(() -> pair(connection));
        assertThat(counts.roundTrips()).isEqualTo(1);
        assertThat(counts.syncs()).isEqualTo(1);
        assertThat(counts.parses()).isEqualTo(2);
        assertThat(counts.binds()).isEqualTo(2);
        assertThat(counts.executes()).isEqualTo(2);
        assertThat(counts.queries()).isZero();
        assertThat(counts.bytesSent()).isGreaterThan(PAIR.length());
        assertThat(counts.bytesReceived()).isPositive();
    }

    @Test
    void countsTwoPreparedStatementsAsTwoRoundTrips(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        WireCounts counts = proxy.measure(() -> {
            execute(connection, "INSERT INTO item(id) VALUES (1) ON CONFLICT (id) DO NOTHING");
            execute(connection, "SELECT id FROM item WHERE id = 1 FOR KEY SHARE");
        });
        assertThat(counts.roundTrips()).isEqualTo(2);
        assertThat(counts.syncs()).isEqualTo(2);
    }

    @Test
    void countsBeginWithTheFirstStatementAndCommitOnItsOwn(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        WireCounts counts = proxy.measure(() -> {
            connection.setAutoCommit(false);
            insert(connection, 1);
            connection.commit();
        });
        assertThat(counts.roundTrips()).isEqualTo(2);
        // BEGIN is a simple Query, in one burst with the insert.
        assertThat(counts.queries()).isEqualTo(1);
        assertThat(counts.syncs()).isEqualTo(2);
    }

    @Test
    void countsOneRoundTripForALongMessageBehindBegin(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        connection.setAutoCommit(false);
        WireCounts counts = proxy.measure(() -> echo(connection, "x".repeat(2_000_000)));
        assertThat(counts.roundTrips()).isEqualTo(1);
        assertThat(counts.queries()).isEqualTo(1);
    }

    @Test
    void countsSimpleQueries(Database database) throws SQLException {
        Properties simple = new Properties();
        simple.setProperty("preferQueryMode", "simple");
        Connection connection = database.connect(proxy, simple);
        WireCounts counts = proxy.measure(() -> pair(connection));
        assertThat(counts.queries()).isPositive();
        assertThat(counts.syncs()).isZero();
        assertThat(counts.roundTrips()).isBetween(1L, counts.queries());
    }

    @Test
    void countsEachConnectionByItself(Database database) throws SQLException {
        Connection one = database.connect(proxy);
        Connection two = database.connect(proxy);
        WireCounts before = proxy.counts(one);
        insert(two, 1);
        assertThat(proxy.counts(one)).isEqualTo(before);
        insert(one, 2);
        assertThat(proxy.counts(one).minus(before).roundTrips()).isEqualTo(1);
        assertThatThrownBy(() -> proxy.counts(database.connect())).hasMessageContaining("Not through this proxy");
    }

    @Test
    void passesLargeMessagesUnchanged(Database database) throws SQLException {
        try (WireProxy slow = WireProxy.to(PostgresServer.shared(), Duration.ofNanos(300_000))) {
            for (WireProxy way : new WireProxy[] {proxy, slow}) {
                Connection connection = database.connect(way);
                String body = "äöü€".repeat(300_000);
                assertThat(echo(connection, body)).isEqualTo(body);
            }
        }
    }

    @Test
    void delaysEachDirectionByAFractionOfAMillisecond(Database database) throws SQLException {
        long undelayed = medianNanos(database.connect(proxy), 500);
        try (WireProxy slow = WireProxy.to(PostgresServer.shared(), Duration.ofNanos(250_000))) {
            long delayed = medianNanos(database.connect(slow), 500);
            System.out.printf("median round trip: %d µs, delayed %d µs%n", undelayed / 1000, delayed / 1000);
            assertThat(delayed).isGreaterThanOrEqualTo(500_000);
        }
    }

    @Test
    void delaysLatencyAndNotThroughput(Database database) throws SQLException {
        Duration delay = Duration.ofMillis(50);
        try (WireProxy slow = WireProxy.to(PostgresServer.shared(), delay)) {
            Connection connection = database.connect(slow);
            String body = "x".repeat(8_000_000);
            long start = System.nanoTime();
            echo(connection, body);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            // Some 250 reads of at most 64 KiB: one after the other they would take 12 s.
            assertThat(taken).isBetween(delay.multipliedBy(2), Duration.ofSeconds(5));
        }
    }

    private static String echo(Connection connection, String body) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS text)")) {
            statement.setString(1, body);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static long medianNanos(Connection connection, int times) throws SQLException {
        long[] taken = new long[times];
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                statement.executeQuery().close();
                taken[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(taken);
        return taken[times / 2];
    }
}

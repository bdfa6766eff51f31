package dev.writeguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WireCutIT extends ItemsBehindAProxy {

    @Test
    void losesTheReplyToAStoredInsert(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        WireCut cut = proxy.cutBeforeReply(1);
        assertConnectionLost(() -> insert(connection, 1));
        assertThat(cut.happened()).isTrue();
        assertThat(items(database)).isEqualTo(1);
    }

    @Test
    void losesARequestThatTheServerNeverCarriesOut(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        WireCut cut = proxy.cutBeforeRequest(1);
        assertConnectionLost(() -> insert(connection, 1));
        assertThat(cut.happened()).isTrue();
        assertThat(items(database)).isZero();
    }

    @Test
    void countsTheRoundTripsBeforeACut(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        WireCut cut = proxy.cutBeforeReply(3);
        insert(connection, 1);
        pair(connection);
        assertThat(cut.happened()).isFalse();
        assertConnectionLost(() -> insert(connection, 3));
        assertThat(items(database)).isEqualTo(3);
        insert(database.connect(proxy), 4);
    }

    @Test
    void losesTheRequestToCommit(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        connection.setAutoCommit(false);
        insert(connection, 1);
        proxy.cutBeforeRequest(1);
        assertConnectionLost(connection::commit);
        assertThat(items(database)).isZero();
    }

    @Test
    void losesTheReplyToCommitByItsTag(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        WireCut cut = proxy.cutBeforeReplyTagged("COMMIT");
        connection.setAutoCommit(false);
        insert(connection, 1);
        insert(connection, 2);
        assertThat(cut.happened()).isFalse();
        assertConnectionLost(connection::commit);
        assertThat(cut.happened()).isTrue();
        assertThat(items(database)).isEqualTo(2);
    }

    @Test
    void losesTheReplyToTheFirstStatementOfATransactionAndNotToItsBegin(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        connection.setAutoCommit(false);
        WireCut cut = proxy.cutBeforeReply(1);
        assertConnectionLost(() -> execute(connection, "SELECT nextval('drawn')"));
        assertThat(cut.happened()).isTrue();
        // What the server carried out is told by something that no rollback takes back.
        assertThat(database.queryStrings("SELECT is_called FROM drawn")).containsExactly("t");
    }

    @Test
    void losesRepliesBehindADelayToo(Database database) throws SQLException {
        try (WireProxy slow = WireProxy.to(PostgresServer.shared(), Duration.ofMillis(2))) {
            Connection connection = database.connect(slow);
            slow.cutBeforeReply(2);
            insert(connection, 1);
            assertConnectionLost(() -> insert(connection, 2));
            assertThat(items(database)).isEqualTo(2);
        }
    }

    @Test
    void cutsEverythingAtOnce(Database database) throws SQLException {
        Connection connection = database.connect(proxy);
        proxy.cutNow();
        assertConnectionLost(() -> insert(connection, 1));
        insert(database.connect(proxy), 2);
    }

    @Test
    void refusesClientsOfAServerThatIsGone(Database database) {
        try (WireProxy nowhere = WireProxy.to("127.0.0.1", 1, Duration.ZERO)) {
            assertConnectionLost(() -> database.connect(nowhere));
        }
    }

    private static void assertConnectionLost(ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isIn("08006", "08001");
    }

    private static long items(Database database) throws SQLException {
        return database.queryLong("SELECT count(*) FROM item");
    }
}

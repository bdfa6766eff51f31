package dev.writeguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Schema("""
        CREATE TABLE parent(id int PRIMARY KEY);
        CREATE TABLE child(id int PRIMARY KEY, pid int NOT NULL REFERENCES parent);
        """)
class GateIT {

    private static final String UNSAFE_PAIR =
            "INSERT INTO parent VALUES (1) ON CONFLICT (id) DO NOTHING; INSERT INTO child VALUES (1, 1)";

    private static final String SAFE_PAIR = "INSERT INTO parent VALUES (1) ON CONFLICT (id) DO NOTHING;"
            + " INSERT INTO child SELECT 1, id FROM parent WHERE id = 1 FOR KEY SHARE";

    private Session writer;
    private Session deleter;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE parent, child; INSERT INTO parent VALUES (1)");
        writer = database.session("writer");
        deleter = database.session("deleter");
    }

    @Test
    void letsADeleteSlipBetweenTwoStatementsOfOneMessage(Database database) throws SQLException {
        Properties named = new Properties();
        named.setProperty("ApplicationName", "writer");
        try (WireProxy proxy = WireProxy.to(PostgresServer.shared())) {
            Session proxied = database.session("writer", database.connect(proxy, named));
            Gate gate = Gate.afterStatement(database, "parent", "writer");
            WireCounts counts = proxy.measure(() -> {
                Running<Long> pair = proxied.start(UNSAFE_PAIR);
                gate.awaitArrival(pair);
                assertThat(deleter.run("DELETE FROM parent WHERE id = 1")).isEqualTo(1);
                gate.open();
                assertThat(pair.sqlState()).isEqualTo("23503");
            });
            assertThat(counts.roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void letsTheSamePairSucceedWithoutADelete(Database database) throws SQLException {
        Gate gate = Gate.afterStatement(database, "parent", "writer");
        Running<Long> pair = writer.start(UNSAFE_PAIR);
        gate.awaitArrival(pair);
        gate.open();
        assertThat(pair.result()).isEqualTo(1);
    }

    @Test
    void stopsALoopAgainAndAgain(Database database) throws SQLException {
        Gate gate = Gate.afterStatement(database, "parent", "writer");
        Running<Integer> loop = writer.start(() -> {
            int rounds = 1;
            while (writerTriesInVain()) {
                rounds++;
            }
            return rounds;
        });
        for (int i = 0; i < 2; i++) {
            gate.awaitArrival(loop);
            assertThat(deleter.run("DELETE FROM parent WHERE id = 1")).isEqualTo(i == 0 ? 1 : 0);
            gate.letOnePassAndClose();
        }
        assertThat(loop.result()).isEqualTo(2);
    }

    private boolean writerTriesInVain() throws SQLException {
        try (var statement = writer.connection().prepareStatement(SAFE_PAIR)) {
            statement.execute();
            statement.getMoreResults();
            return statement.getUpdateCount() == 0;
        }
    }

    @Test
    void stopsTwiceInOneTransactionAndLeavesNoLock(Database database) throws SQLException {
        Gate gate = Gate.afterStatement(database, "parent", "writer");
        writer.begin(Isolation.RC);
        for (int id = 2; id <= 3; id++) {
            Running<Long> insert = writer.start("INSERT INTO parent VALUES (?)", id);
            gate.awaitArrival(insert);
            gate.letOnePassAndClose();
            insert.result();
            assertThat(database.queryLong(
                            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = ?", writer.pid()))
                    .isZero();
        }
        writer.commit();
    }

    @Test
    void stopsNobodyElse(Database database) throws SQLException {
        Gate gate = Gate.afterStatement(database, "parent", "writer");
        assertThat(deleter.run("INSERT INTO parent VALUES (2)")).isEqualTo(1);
        Running<Long> insert = writer.start("INSERT INTO parent VALUES (3)");
        gate.awaitArrival(writer);
        gate.awaitArrival();
        gate.open();
        insert.result();
        writer.run("INSERT INTO parent VALUES (4)");
    }

    @Test
    void stopsOnlyAtTheEventsAskedFor(Database database) throws SQLException {
        Gate gate = Gate.afterStatement(database, "parent", "DELETE", "writer");
        writer.run("INSERT INTO parent VALUES (2)");
        Running<Long> delete = writer.start("DELETE FROM parent WHERE id = 2");
        gate.awaitArrival(delete);
        gate.open();
        delete.result();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void stopsBeforeTheForeignKeyIsChecked(Isolation isolation, Database database) throws SQLException {
        Gate gate = Gate.beforeForeignKeyCheck(database, "child", "writer");
        writer.begin(isolation);
        Running<Long> insert = writer.start("INSERT INTO child VALUES (1, 1)");
        gate.awaitArrival(insert);
        assertThat(deleter.run("DELETE FROM parent WHERE id = 1")).isEqualTo(1);
        gate.open();
        assertThat(insert.sqlState()).isEqualTo(isolation == Isolation.RC ? "23503" : "40001");
    }

    @Test
    void stopsAfterTheForeignKeyIsChecked(Database database) throws SQLException {
        Gate gate = Gate.afterStatement(database, "child", "writer");
        Running<Long> insert = writer.start("INSERT INTO child VALUES (1, 1)");
        gate.awaitArrival(insert);
        Running<Long> delete = deleter.start("DELETE FROM parent WHERE id = 1").awaitBlockedBy(writer);
        gate.open();
        insert.result();
        assertThat(delete.sqlState()).isEqualTo("23503");
    }

    @Test
    void failsAtOnceIfNobodyArrives(Database database) throws SQLException {
        Gate gate = Gate.afterStatement(database, "parent", "writer");
        Running<Long> elsewhere = writer.start("SELECT 1");
        assertThatThrownBy(() -> gate.awaitArrival(elsewhere)).hasMessageContaining("It ended instead");
        assertThatThrownBy(gate::letOnePassAndClose).hasMessageContaining("Nobody waits");
    }

    @Test
    void isRemovedWithTheTest(Database database) throws SQLException {
        Gate.afterStatement(database, "parent", "writer");
        writer.start("INSERT INTO parent VALUES (2)");
        database.endTest();
        assertThat(database.queryLong("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'A_gate%'"))
                .isZero();
        assertThat(database.queryLong("SELECT count(*) FROM parent")).isEqualTo(1);
    }
}

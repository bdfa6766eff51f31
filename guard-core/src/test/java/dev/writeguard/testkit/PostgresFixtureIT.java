package dev.writeguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

@Schema("""
        CREATE TABLE note(id int PRIMARY KEY, body text);
        CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
        """)
@TestMethodOrder(OrderAnnotation.class)
class PostgresFixtureIT {

    private static Connection leftOpen;

    @Test
    @Order(1)
    void leavesALockAndAnOpenTransactionBehind(Database database) throws SQLException {
        leftOpen = database.connect();
        leftOpen.setAutoCommit(false);
        execute(leftOpen, "INSERT INTO note VALUES (1, 'uncommitted')");
        assertThat(database.queryLong("SELECT count(*) FROM pg_locks WHERE relation = 'note'::regclass"))
                .isPositive();
    }

    @Test
    @Order(2)
    void endsTheConnectionsOfTheTestBefore(Database database) throws SQLException {
        assertThat(leftOpen.isClosed()).isTrue();
        assertThat(database.queryLong("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"))
                .isZero();
    }

    @Test
    void clonesTheSchemaIntoADatabaseOfItsOwn(Database database) throws SQLException {
        try (Database twin = Database.create("twin", "CREATE TABLE note(id int PRIMARY KEY)");
                Database sibling = Database.create("twin", "CREATE TABLE note(id int PRIMARY KEY)")) {
            twin.execute("INSERT INTO note VALUES (1)");
            assertThat(sibling.queryLong("SELECT count(*) FROM note")).isZero();
            assertThat(database.queryLong("SELECT one()")).isEqualTo(1);
        }
    }

    @Test
    void dropsTheDatabaseAlsoWhileSomebodyIsConnected() throws SQLException {
        Database database = Database.create("dropped", "");
        String name = database.queryStrings("SELECT current_database()").get(0);
        try (Connection untracked = java.sql.DriverManager.getConnection(database.url())) {
            database.close();
            assertThat(untracked.isValid(1)).isFalse();
        }
        try (Connection admin = PostgresServer.shared().admin();
                Statement statement = admin.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT count(*) FROM pg_database WHERE datname = '" + name + "'")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void connectsInAutocommitAndInAForeignTimeZone(Database database) throws SQLException {
        for (Connection connection :
                List.of(database.connect(), database.dataSource().getConnection())) {
            assertThat(connection.getAutoCommit()).isTrue();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW TimeZone")) {
                rows.next();
                TimeZone zone = TimeZone.getTimeZone(rows.getString(1));
                assertThat(zone.hasSameRules(TimeZone.getDefault())).isFalse();
            }
        }
    }

    @Test
    void passesDriverPropertiesOn(Database database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("defaultRowFetchSize", "7");
        PGConnection connection = database.connect(properties).unwrap(PGConnection.class);
        assertThat(connection.getPreferQueryMode()).isEqualTo(PreferQueryMode.SIMPLE);
        assertThat(connection.getDefaultFetchSize()).isEqualTo(7);
    }

    @Test
    void queriesWithArguments(Database database) throws SQLException {
        assertThat(database.queryLong("SELECT CAST(? AS int) + 1", 41)).isEqualTo(42);
        assertThat(database.queryStrings("SELECT * FROM unnest(ARRAY['a', NULL])"))
                .containsExactly("a", null);
    }

    @Test
    void failsWhereTheServerIsMissing() {
        assertThatThrownBy(() -> new PostgresServer("jdbc:postgresql://127.0.0.1:1/postgres", true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No PostgreSQL at 127.0.0.1:1");
    }

    @Test
    void letsTheServerBeConfigured() {
        assertThat(EmbeddedServer.config("fsync=on; deadlock_timeout=10ms"))
                .containsEntry("fsync", "on")
                .containsEntry("deadlock_timeout", "10ms")
                .containsEntry("max_connections", "200");
    }

    @Nested
    class InANestedClass {

        @Test
        void usesTheDatabaseOfTheOutermost(Database database) throws SQLException {
            assertThat(database.queryLong("SELECT one()")).isEqualTo(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

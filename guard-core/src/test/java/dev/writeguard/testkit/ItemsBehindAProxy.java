package dev.writeguard.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty table, a proxy before its server, and what the tests of the proxy send through it. */
@Schema("CREATE TABLE item(id int PRIMARY KEY, body text); CREATE SEQUENCE drawn")
abstract class ItemsBehindAProxy {

    /** Two statements in one message. */
    static final String PAIR = "INSERT INTO item(id) VALUES (?) ON CONFLICT (id) DO NOTHING;"
            + " SELECT id FROM item WHERE id = ? FOR KEY SHARE";

    final WireProxy proxy = WireProxy.to(PostgresServer.shared());

    @BeforeEach
    void empty(Database database) throws SQLException {
        database.execute("TRUNCATE item");
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    static void insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO item(id) VALUES (?)")) {
            statement.setInt(1, id);
            statement.execute();
        }
    }

    static void pair(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAIR)) {
            statement.setInt(1, 2);
            statement.setInt(2, 2);
            statement.execute();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

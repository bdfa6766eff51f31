package dev.writeguard.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** A message as people write it by hand. */
final class ByHand {

    static final String TITLE = "untitled";
    static final String BODY = "Thank you, that arrived this morning. Shall we meet at the station at nine?";

    private final Connection connection;

    ByHand(Connection connection) {
        this.connection = connection;
    }

    /** The message alone, hoping for its conversation. */
    int insert(UUID conversation) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO messages (conversation_id, body) VALUES (?, ?)")) {
            insert.setObject(1, conversation);
            insert.setString(2, BODY);
            return insert.executeUpdate();
        }
    }

    /** The same in a transaction. */
    int insertInTransaction(UUID conversation) throws SQLException {
        return inTransaction(connection, () -> insert(conversation));
    }

    /** Check, then insert: a race, and what is mostly found. */
    int checkThenInsert(UUID conversation) throws SQLException {
        return inTransaction(connection, () -> {
            if (!exists(conversation)) {
                create(conversation);
            }
            return insert(conversation);
        });
    }

    private boolean exists(UUID conversation) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM conversations WHERE id = ?")) {
            select.setObject(1, conversation);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void create(UUID conversation) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO conversations (id, title) VALUES (?, ?)")) {
            insert.setObject(1, conversation);
            insert.setString(2, TITLE);
            insert.executeUpdate();
        }
    }

    /** What runs between BEGIN and COMMIT. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}

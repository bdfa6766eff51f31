package dev.writeguard.benchmarks;

import static dev.writeguard.benchmarks.ByHand.inTransaction;

import dev.writeguard.benchmarks.Bulk.Arrived;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Many messages as people write them by hand, if they know how, and if they do not. */
final class BulkByHand {

    private final Connection connection;

    BulkByHand(Connection connection) {
        this.connection = connection;
    }

    /** Two statements with arrays. */
    int unnest(List<Arrived> messages) throws SQLException {
        return inTransaction(connection, () -> {
            Object[] parents =
                    messages.stream().map(Arrived::conversation).distinct().toArray();
            Object[] titles = Collections.nCopies(parents.length, ByHand.TITLE).toArray();
            execute("""
                    INSERT INTO conversations (id, title)
                    SELECT * FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]))
                    ON CONFLICT (id) DO NOTHING""", parents, titles);
            return execute(
                    """
                    INSERT INTO messages (conversation_id, body)
                    SELECT * FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]))""",
                    messages.stream().map(Arrived::conversation).toArray(),
                    messages.stream().map(Arrived::body).toArray());
        });
    }

    private int execute(String sql, Object[] uuids, Object[] texts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", uuids));
            statement.setArray(2, connection.createArrayOf("text", texts));
            return statement.executeUpdate();
        }
    }

    /** Two JDBC batches. */
    int batch(List<Arrived> messages) throws SQLException {
        return inTransaction(connection, () -> {
            List<UUID> parents =
                    messages.stream().map(Arrived::conversation).distinct().toList();
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO conversations (id, title) VALUES (?, ?) ON CONFLICT (id) DO NOTHING")) {
                for (UUID parent : parents) {
                    insert.setObject(1, parent);
                    insert.setString(2, ByHand.TITLE);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO messages (conversation_id, body) VALUES (?, ?)")) {
                for (Arrived message : messages) {
                    insert.setObject(1, message.conversation());
                    insert.setString(2, message.body());
                    insert.addBatch();
                }
                return insert.executeBatch().length;
            }
        });
    }
}

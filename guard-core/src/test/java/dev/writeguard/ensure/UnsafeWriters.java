package dev.writeguard.ensure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people write by hand: the negative controls of the storm, each known to fail in its own way. */
enum UnsafeWriters implements StormWriter {
    /** The upsert leaves an existing row unlocked: a delete in between, and the message has no parent. */
    DO_NOTHING_WITHOUT_LOCK("23503") {
        @Override
        void write(Connection connection, UUID conversation, UUID message) throws SQLException {
            execute(connection, "INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO NOTHING", conversation);
            insertMessage(connection, conversation, message);
        }
    },
    /** MERGE looks first, and then inserts what another session has inserted meanwhile. */
    MERGE("23505") {
        @Override
        void write(Connection connection, UUID conversation, UUID message) throws SQLException {
            execute(connection, """
                    MERGE INTO conversations c USING (SELECT CAST(? AS uuid) AS id) s ON c.id = s.id
                    WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)""", conversation);
            insertMessage(connection, conversation, message);
        }
    },
    /** The same by hand. */
    CHECK_THEN_INSERT("23505") {
        @Override
        void write(Connection connection, UUID conversation, UUID message) throws SQLException {
            if (execute(connection, "SELECT 1 FROM conversations WHERE id = ?", conversation) == 0) {
                execute(connection, "INSERT INTO conversations (id) VALUES (?)", conversation);
            }
            insertMessage(connection, conversation, message);
        }
    },
    /** Neither the insert's RETURNING nor the old snapshot sees another session's new row: no message, and no error. */
    CTE_FEEDING_THE_CHILD(null) {
        @Override
        void write(Connection connection, UUID conversation, UUID message) throws SQLException {
            execute(connection, """
                    WITH created AS (
                        INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO NOTHING RETURNING id),
                    parent AS (SELECT id FROM created UNION ALL SELECT id FROM conversations WHERE id = ?)
                    INSERT INTO messages (client_id, conversation_id, body) SELECT ?, id, 'storm' FROM parent""", conversation, conversation, message);
        }
    },
    /** Rows of one statement in the caller's order: two sessions wait for each other. */
    UNSORTED_BULK("40P01") {
        @Override
        public void write(Connection connection, List<UUID> conversations, List<UUID> messages) throws SQLException {
            execute(
                    connection,
                    "INSERT INTO conversations (id) SELECT * FROM unnest(?) ON CONFLICT (id) DO NOTHING",
                    (Object) conversations.toArray(UUID[]::new));
        }

        @Override
        void write(Connection connection, UUID conversation, UUID message) {
            throw new UnsupportedOperationException("bulk only");
        }
    };

    private final @Nullable String expectedState;

    UnsafeWriters(@Nullable String expectedState) {
        this.expectedState = expectedState;
    }

    /** Whether the storm has shown what is wrong with it. */
    boolean seenToFail(StormResult result, long stored) {
        return expectedState == null
                ? result.acknowledgedMessages.sum() - result.deletedMessages.sum() > stored
                : result.writerErrors(expectedState) > 0;
    }

    abstract void write(Connection connection, UUID conversation, UUID message) throws SQLException;

    @Override
    public void write(Connection connection, List<UUID> conversations, List<UUID> messages) throws SQLException {
        for (int i = 0; i < conversations.size(); i++) {
            write(connection, conversations.get(i), messages.get(i));
        }
    }

    private static void insertMessage(Connection connection, UUID conversation, UUID message) throws SQLException {
        execute(
                connection,
                "INSERT INTO messages (client_id, conversation_id, body) VALUES (?, ?, 'storm')",
                message,
                conversation);
    }

    private static int execute(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            if (statement.execute()) {
                return statement.getResultSet().next() ? 1 : 0;
            }
            return statement.getUpdateCount();
        }
    }
}

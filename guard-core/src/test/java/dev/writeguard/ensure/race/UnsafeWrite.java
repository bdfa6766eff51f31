package dev.writeguard.ensure.race;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What people write by hand. */
enum UnsafeWrite implements Write {
    DO_NOTHING_THEN_CHILD {
        @Override
        void write(Connection connection) throws SQLException {
            execute(connection, DO_NOTHING);
            execute(connection, CHILD);
        }
    },
    DO_NOTHING_IN_ONE_MESSAGE {
        @Override
        void write(Connection connection) throws SQLException {
            execute(connection, DO_NOTHING + "; " + CHILD);
        }
    },
    CTE_BESIDE_THE_CHILD {
        @Override
        void write(Connection connection) throws SQLException {
            execute(connection, "WITH p AS (" + DO_NOTHING + ") " + CHILD);
        }
    },
    CTE_FEEDING_THE_CHILD {
        @Override
        void write(Connection connection) throws SQLException {
            execute(connection, "WITH p AS (" + DO_NOTHING + """
                     RETURNING id), either AS (SELECT id FROM p UNION ALL SELECT id FROM conversations WHERE id = ?)
                    INSERT INTO messages (conversation_id) SELECT id FROM either""");
        }
    },
    MERGE_THEN_CHILD {
        @Override
        void write(Connection connection) throws SQLException {
            execute(connection, """
                    MERGE INTO conversations c USING (SELECT CAST(? AS bigint) AS id) s ON c.id = s.id
                    WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)""");
            execute(connection, CHILD);
        }
    },
    CHECK_THEN_INSERT {
        @Override
        void write(Connection connection) throws SQLException {
            if (execute(connection, "SELECT 1 FROM conversations WHERE id = ?") == 0) {
                execute(connection, "INSERT INTO conversations (id) VALUES (?)");
            }
            execute(connection, CHILD);
        }
    },
    CHILD_ALONE {
        @Override
        void write(Connection connection) throws SQLException {
            execute(connection, CHILD);
        }
    };

    private static final String DO_NOTHING = "INSERT INTO conversations (id) VALUES (?) ON CONFLICT (id) DO NOTHING";
    private static final String CHILD = "INSERT INTO messages (conversation_id) VALUES (?)";

    abstract void write(Connection connection) throws SQLException;

    @Override
    public String run(Chat chat, Connection connection) throws SQLException {
        write(connection);
        return "done";
    }

    /** Between the look at the parent and the foreign key's own. */
    @Override
    public Gate gate(Database database) throws SQLException {
        return Gate.beforeForeignKeyCheck(database, "messages", "writer");
    }

    /** Executes with the parent's key for every parameter; returns the number of rows. */
    static int execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1;
                    i <= sql.chars().filter(character -> character == '?').count();
                    i++) {
                statement.setLong(i, Stage.PARENT);
            }
            if (!statement.execute()) {
                return statement.getUpdateCount();
            }
            int count = 0;
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    count++;
                }
            }
            return count;
        }
    }
}

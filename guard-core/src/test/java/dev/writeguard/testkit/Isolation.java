package dev.writeguard.testkit;

import java.sql.Connection;
import java.sql.SQLException;

/** The three isolation levels that PostgreSQL has, under the short names that the protocol pages use. */
public enum Isolation {
    /** READ COMMITTED: each statement has its own snapshot. */
    RC(Connection.TRANSACTION_READ_COMMITTED),
    /** REPEATABLE READ: one snapshot, taken by the first statement. */
    RR(Connection.TRANSACTION_REPEATABLE_READ),
    /** SERIALIZABLE: as {@link #RR}, and dangerous structures are broken with 40001. */
    SER(Connection.TRANSACTION_SERIALIZABLE);

    private final int jdbcLevel;

    Isolation(int jdbcLevel) {
        this.jdbcLevel = jdbcLevel;
    }

    /** The constant of {@link Connection}. */
    public int jdbcLevel() {
        return jdbcLevel;
    }

    /** Makes it the level of the connection's next transactions; not allowed inside one. */
    public void applyTo(Connection connection) throws SQLException {
        connection.setTransactionIsolation(jdbcLevel);
    }
}

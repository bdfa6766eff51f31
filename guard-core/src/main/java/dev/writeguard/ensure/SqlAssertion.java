package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.sql.Sql;
import java.sql.SQLException;
import java.util.List;

/**
 * A condition inside a statement that aborts the transaction where it does not hold, so that nothing of it can be
 * stored. PostgreSQL has no function for that; {@code width_bucket} refuses a count of 0 with an SQLSTATE of its own.
 */
final class SqlAssertion {

    private static final String SQLSTATE = "2201G";

    private SqlAssertion() {}

    /** True, or the error. */
    static Sql holds(Sql condition) {
        return Sql.of("pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN %s THEN 1 ELSE 0 END) = 1", condition);
    }

    /** A statement that fails. */
    static Action never() {
        return new Action.Read(
                Sql.of("SELECT %s", holds(Sql.of("pg_catalog.pg_backend_pid() < 0"))), List.of(Boolean.class));
    }

    static boolean failed(SQLException failure) {
        return SQLSTATE.equals(failure.getSQLState());
    }
}

package dev.writeguard.violation;

import dev.writeguard.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns the driver's exceptions into Guard's. Decides by SQLSTATE, by the fields that the server sends, and by what was
 * being done; never by the text of a message, which speaks the server's language.
 */
public final class SqlFailures {

    /** What was going on when the statement failed. */
    public enum Moment {
        /** Inside a transaction that has not been committed: after a loss of the connection nothing is stored. */
        IN_TRANSACTION,
        /** A COMMIT, or a write with autocommit: after a loss of the connection the outcome is unknown. */
        COMMITTING
    }

    private static final String CONNECTION_CLOSED = "08003";

    private static final Set<String> SERVER_GONE = Set.of("57P01", "57P02", "57P03", "57P05");

    /** The server's function that raises 0A000 for a plan that no longer fits; that SQLSTATE has many other causes. */
    private static final String REVALIDATION = "RevalidateCachedQuery";

    private SqlFailures() {}

    /**
     * @param failure what the driver threw
     * @param operation the verb, such as {@code "ensure"}
     * @param table the table that the operation speaks of
     * @param moment whether a commit was under way
     * @param aboveReadCommitted whether the transaction read from a fixed snapshot; null if nobody knows
     */
    public static GuardException translate(
            SQLException failure,
            String operation,
            TableName table,
            Moment moment,
            @Nullable Boolean aboveReadCommitted) {
        PSQLException driverFailure = driverFailure(failure);
        ServerErrorMessage server = driverFailure == null ? null : driverFailure.getServerErrorMessage();
        String state = driverFailure == null ? failure.getSQLState() : driverFailure.getSQLState();
        FailureCode code = stalePlan(state, server) ? FailureCode.STALE_PLAN : code(state == null ? "" : state, moment);
        TableName named = server == null || server.getTable() == null || server.getSchema() == null
                ? null
                : TableName.of(server.getSchema(), server.getTable());
        TableName where = named == null ? table : named;
        boolean mayRetry =
                code == FailureCode.REFERENCE_MISSING ? !Boolean.FALSE.equals(aboveReadCommitted) : code.mayRetry();
        var report = new FailureReport(
                code,
                operation + " " + table,
                why(code, named, where, server),
                where,
                server == null ? null : server.getConstraint(),
                state,
                mayRetry);
        return new GuardException(report, failure);
    }

    /**
     * The failure with the SQLSTATE that the driver would have given it: HikariCP, DBCP and others say that a
     * connection was closed without one. Asks the connection, which knows it without a round trip, and only if there is
     * no SQLSTATE.
     *
     * @param connection the one on which it failed
     * @return the failure itself, or one with SQLSTATE 08003 around it
     */
    public static SQLException onConnection(SQLException failure, Connection connection) {
        PSQLException driverFailure = driverFailure(failure);
        if (failure.getSQLState() != null || driverFailure != null && driverFailure.getSQLState() != null) {
            return failure;
        }
        try {
            return connection.isClosed()
                    ? new SQLNonTransientConnectionException("The connection is closed", CONNECTION_CLOSED, failure)
                    : failure;
        } catch (SQLException second) {
            failure.addSuppressed(second);
            return failure;
        }
    }

    /** Whether the same statement may succeed on a newer snapshot, if the transaction reads from a fixed one. */
    public static boolean dependsOnSnapshot(SQLException failure) {
        return "23503".equals(failure.getSQLState());
    }

    /** Whether the transaction is over, or can only be rolled back: the server has refused something, or is gone. */
    public static boolean endsTransaction(Throwable failure) {
        if (!(failure instanceof SQLException sql)) {
            return false;
        }
        PSQLException driverFailure = driverFailure(sql);
        String state = driverFailure == null ? sql.getSQLState() : driverFailure.getSQLState();
        return driverFailure != null && driverFailure.getServerErrorMessage() != null
                || state != null && losesConnection(state);
    }

    /** Whether a failure with this SQLSTATE leaves no connection: the network's, or a server that has ended. */
    public static boolean losesConnection(String state) {
        return state.startsWith("08") || SERVER_GONE.contains(state);
    }

    private static boolean stalePlan(@Nullable String state, @Nullable ServerErrorMessage server) {
        return "26000".equals(state)
                || "0A000".equals(state) && server != null && REVALIDATION.equals(server.getRoutine());
    }

    private static FailureCode code(String state, Moment moment) {
        return switch (state) {
            case "23503" -> FailureCode.REFERENCE_MISSING;
            case "23505", "23P01" -> FailureCode.OTHER_KEY_TAKEN;
            case "23502", "23514", "44000", "07006" -> FailureCode.VALUE_REJECTED;
            case "40001" -> FailureCode.SERIALIZATION_FAILURE;
            case "40P01" -> FailureCode.DEADLOCK;
            case "55P03" -> FailureCode.LOCK_TIMEOUT;
            case "57014" -> FailureCode.CANCELLED;
            case "25P02" -> FailureCode.TRANSACTION_ABORTED;
            case "25006" -> FailureCode.READ_ONLY;
            case "42501" -> FailureCode.PRIVILEGE_MISSING;
            case CONNECTION_CLOSED -> FailureCode.CONNECTION_CLOSED;
            default -> byClass(state, moment);
        };
    }

    private static FailureCode byClass(String state, Moment moment) {
        if (state.startsWith("22")) {
            return FailureCode.VALUE_REJECTED;
        }
        if (losesConnection(state)) {
            return moment == Moment.COMMITTING ? FailureCode.OUTCOME_UNKNOWN : FailureCode.CONNECTION_LOST;
        }
        return FailureCode.STATEMENT_FAILED;
    }

    private static String why(
            FailureCode code, @Nullable TableName named, TableName where, @Nullable ServerErrorMessage server) {
        String column = server == null || server.getColumn() == null ? "" : ", column " + server.getColumn();
        return switch (code) {
            case REFERENCE_MISSING -> "a row that " + where + " refers to is not there or not visible.";
            case OTHER_KEY_TAKEN -> "another row of " + where + " holds a key that this row needs.";
            case VALUE_REJECTED ->
                named == null
                        ? "a value was refused; of which column is not known."
                        : "the database refused a value for " + named + column + ".";
            case SERIALIZATION_FAILURE -> "another transaction changed what this one relies on.";
            case DEADLOCK -> "this transaction and another waited for each other.";
            case LOCK_TIMEOUT -> "a lock was not granted in time.";
            case CANCELLED -> "the statement was cancelled.";
            case TRANSACTION_ABORTED -> "an earlier statement of this transaction has failed.";
            case READ_ONLY -> "the transaction is read-only.";
            case PRIVILEGE_MISSING -> "the database role lacks a privilege.";
            case STALE_PLAN -> "a statement prepared on this connection no longer fits the tables, or is gone.";
            case CONNECTION_CLOSED -> "the connection is closed.";
            case CONNECTION_LOST -> "the connection was lost before anything was committed.";
            case OUTCOME_UNKNOWN -> "the connection was lost while the write was being committed.";
            default -> "the server refused the statement.";
        };
    }

    private static @Nullable PSQLException driverFailure(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 32; depth++) {
            if (cause instanceof PSQLException found) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }
}

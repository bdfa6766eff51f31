package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import dev.writeguard.violation.GuardFailure;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.dao.DataAccessException;

/** What a transaction meets in statements that are not Guard's: bad luck, and a key that somebody else was faster to take. */
public final class StatementFailures {

    private static final Map<String, FailureCode> CODES = Map.of(
            "23505", FailureCode.OTHER_KEY_TAKEN,
            "40001", FailureCode.SERIALIZATION_FAILURE,
            "40P01", FailureCode.DEADLOCK,
            "55P03", FailureCode.LOCK_TIMEOUT);

    private StatementFailures() {}

    /** Whether a new transaction may end well; a lost lock is waited for once, not again and again. */
    public static boolean mayRetry(Throwable failure) {
        return failure instanceof GuardFailure guardFailure
                && guardFailure.mayRetry()
                && guardFailure.code() != FailureCode.LOCK_TIMEOUT;
    }

    /** The failure itself, or Guard's for the same SQLSTATE around it. */
    public static RuntimeException typed(RuntimeException failure, String operation) {
        SQLException cause = failure instanceof GuardFailure ? null : sqlException(failure);
        FailureCode code = cause == null || cause.getSQLState() == null ? null : CODES.get(cause.getSQLState());
        if (cause == null || code == null) {
            return failure;
        }
        return typed(failure, code, operation, cause.getSQLState());
    }

    /**
     * Guard's exception around a failure of that kind.
     *
     * @param state the SQLSTATE
     */
    public static DataAccessException typed(
            RuntimeException failure, FailureCode code, String operation, @Nullable String state) {
        return GuardExceptionTranslator.translate(new GuardException(
                new FailureReport(code, operation, why(code), null, constraint(failure), state, code.mayRetry()),
                failure));
    }

    private static String why(FailureCode code) {
        return switch (code) {
            case OTHER_KEY_TAKEN -> "another row holds a key that this one needs.";
            case SERIALIZATION_FAILURE -> "another transaction changed what this one relies on.";
            case DEADLOCK -> "this transaction and another waited for each other.";
            case CONNECTION_LOST -> "the connection was lost before anything was committed.";
            case CONNECTION_CLOSED -> "the connection is closed.";
            case OUTCOME_UNKNOWN -> "the connection was lost while the write was being committed.";
            default -> "another transaction held a lock for too long.";
        };
    }

    private static @Nullable String constraint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException server && server.getServerErrorMessage() != null) {
                return server.getServerErrorMessage().getConstraint();
            }
        }
        return null;
    }

    /** The driver's or the pool's exception in the causes; null if there is none. */
    public static @Nullable SQLException sqlException(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return (SQLException) cause;
    }
}

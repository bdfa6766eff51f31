package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import dev.writeguard.violation.GuardFailure;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transaction meets by bad luck, from statements that are not Guard's. */
public final class TransientFailures {

    private static final Map<String, FailureCode> CODES = Map.of(
            "40001", FailureCode.SERIALIZATION_FAILURE,
            "40P01", FailureCode.DEADLOCK,
            "55P03", FailureCode.LOCK_TIMEOUT);

    private TransientFailures() {}

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
        return GuardExceptionTranslator.translate(new GuardException(
                new FailureReport(code, operation, why(code), null, null, cause.getSQLState(), true), failure));
    }

    private static String why(FailureCode code) {
        return switch (code) {
            case SERIALIZATION_FAILURE -> "another transaction changed what this one relies on.";
            case DEADLOCK -> "this transaction and another waited for each other.";
            default -> "another transaction held a lock for too long.";
        };
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return (SQLException) cause;
    }
}

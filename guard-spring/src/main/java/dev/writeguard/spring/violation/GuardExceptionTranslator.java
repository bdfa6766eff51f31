package dev.writeguard.spring.violation;

import dev.writeguard.violation.GuardException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * Turns core's exceptions into Spring's, by their code. {@code EnsureParent} beans throw the result; as a bean the
 * translator also covers what else leaves a {@code @Repository}, such as the refusal that {@code orThrow} throws.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1
 */
public final class GuardExceptionTranslator implements PersistenceExceptionTranslator {

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
        return failure instanceof GuardException guardException ? translate(guardException) : null;
    }

    /** The same failure, with the same message and cause, as the exception that code written for Spring expects. */
    public static DataAccessException translate(GuardException failure) {
        DataAccessException translated = byCode(failure);
        for (Throwable suppressed : failure.getSuppressed()) {
            translated.addSuppressed(suppressed);
        }
        return translated;
    }

    private static DataAccessException byCode(GuardException failure) {
        return switch (failure.code()) {
            case PARENT_NOT_LOCKABLE, NOT_TAKEN_BACK -> new GuardRaceLostException(failure);
            case VALUES_MISSING,
                    PARENT_MISMATCH,
                    PARENT_STATE,
                    CREATED_STATE,
                    CHILD_ELSEWHERE,
                    REFERENCE_MISSING,
                    REFERENCE_NULL,
                    PARENT_ABSENT,
                    VALUE_REJECTED -> new GuardIntegrityException(failure);
            case OTHER_KEY_TAKEN ->
                // As Spring's own translation: an exclusion constraint (23P01) is no key.
                failure.sqlState().filter("23505"::equals).isPresent()
                        ? new GuardDuplicateKeyException(failure)
                        : new GuardIntegrityException(failure);
            case SERIALIZATION_FAILURE, DEADLOCK, LOCK_TIMEOUT -> new GuardLockException(failure);
            case STALE_PLAN -> new GuardStalePlanException(failure);
            case CANCELLED -> new GuardCancelledException(failure);
            case CONNECTION_LOST, CONNECTION_CLOSED -> new GuardConnectionException(failure);
            case OUTCOME_UNKNOWN -> new GuardOutcomeUnknownException(failure);
            case PARENT_HIDDEN, CHILD_HIDDEN, PRIVILEGE_MISSING -> new GuardPermissionException(failure);
            case TRANSACTION_ABORTED, READ_ONLY -> new GuardTransactionException(failure);
            case KEY_INVALID,
                    PARENT_REMOVED,
                    TEMPLATE_FAILED,
                    SOFT_REFERENCE_ISOLATION,
                    COLUMN_INVALID,
                    RULE_INVALID,
                    DATABASE_UNSUPPORTED,
                    CATALOG_UNREADABLE -> new GuardUsageException(failure);
            case STATEMENT_FAILED -> new GuardUncategorizedException(failure);
        };
    }
}

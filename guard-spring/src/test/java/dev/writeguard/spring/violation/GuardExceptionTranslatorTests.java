package dev.writeguard.spring.violation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import dev.writeguard.violation.GuardFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

class GuardExceptionTranslatorTests {

    private static final TableName TABLE = TableName.of("app", "conversations");

    @ParameterizedTest
    @EnumSource
    void keepsAllThatTheFailureSays(FailureCode code) {
        var cause = new SQLException("of the driver", "23514");
        var failure = new GuardException(new FailureReport(code, "ensure", "why.", TABLE, "ck", "23514", true), cause);
        failure.addSuppressed(new IllegalStateException("beside it"));
        DataAccessException translated = GuardExceptionTranslator.translate(failure);
        assertThat(translated).hasMessage(failure.getMessage()).hasCause(cause);
        assertThat(translated.getSuppressed()).containsExactly(failure.getSuppressed());
        assertThat(translated).isInstanceOfSatisfying(GuardFailure.class, said -> {
            assertThat(said.code()).isEqualTo(code);
            assertThat(said.table()).contains(TABLE);
            assertThat(said.entity()).isEmpty();
            assertThat(said.constraint()).contains("ck");
            assertThat(said.sqlState()).contains("23514");
            assertThat(said.mayRetry()).isTrue();
            assertThat(said.resolution()).isEqualTo(code.resolution());
        });
    }

    /** What Spring's users catch for the same thing without Guard. */
    @ParameterizedTest
    @CsvSource({
        "PARENT_NOT_LOCKABLE, OptimisticLockingFailureException",
        "PARENT_HIDDEN, PermissionDeniedDataAccessException",
        "CHILD_HIDDEN, PermissionDeniedDataAccessException",
        "KEY_INVALID, InvalidDataAccessApiUsageException",
        "VALUES_MISSING, DataIntegrityViolationException",
        "TEMPLATE_FAILED, InvalidDataAccessApiUsageException",
        "SOFT_REFERENCE_ISOLATION, InvalidDataAccessApiUsageException",
        "PARENT_MISMATCH, DataIntegrityViolationException",
        "PARENT_STATE, DataIntegrityViolationException",
        "CREATED_STATE, DataIntegrityViolationException",
        "CHILD_ELSEWHERE, DataIntegrityViolationException",
        "COLUMN_INVALID, InvalidDataAccessApiUsageException",
        "REFERENCE_MISSING, DataIntegrityViolationException",
        "REFERENCE_NULL, DataIntegrityViolationException",
        "PARENT_ABSENT, DataIntegrityViolationException",
        "PARENT_REMOVED, InvalidDataAccessApiUsageException",
        "VALUE_REJECTED, DataIntegrityViolationException",
        "OTHER_KEY_TAKEN, DataIntegrityViolationException",
        "NOT_TAKEN_BACK, OptimisticLockingFailureException",
        "STATEMENT_FAILED, UncategorizedDataAccessException",
        "SERIALIZATION_FAILURE, CannotAcquireLockException",
        "DEADLOCK, PessimisticLockingFailureException",
        "LOCK_TIMEOUT, CannotAcquireLockException",
        "CANCELLED, QueryTimeoutException",
        "CONNECTION_LOST, DataAccessResourceFailureException",
        "OUTCOME_UNKNOWN, NonTransientDataAccessException",
        "TRANSACTION_ABORTED, InvalidDataAccessResourceUsageException",
        "CONNECTION_CLOSED, DataAccessResourceFailureException",
        "READ_ONLY, InvalidDataAccessResourceUsageException",
        "PRIVILEGE_MISSING, PermissionDeniedDataAccessException",
        "STALE_PLAN, TransientDataAccessResourceException",
        "RULE_INVALID, InvalidDataAccessApiUsageException",
        "DATABASE_UNSUPPORTED, InvalidDataAccessApiUsageException",
        "CATALOG_UNREADABLE, InvalidDataAccessApiUsageException"
    })
    void isCaughtAsSpringsOwn(FailureCode code, String type) throws ClassNotFoundException {
        assertThat(translated(code, null)).isInstanceOf(Class.forName("org.springframework.dao." + type));
    }

    @Test
    void calls23505ADuplicateKeyAnd23P01NotOne() {
        assertThat(translated(FailureCode.OTHER_KEY_TAKEN, "23505")).isInstanceOf(DuplicateKeyException.class);
        assertThat(translated(FailureCode.OTHER_KEY_TAKEN, "23P01")).isNotInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void givesAnUnknownOutcomeNoTypeThatIsRepeated() {
        assertThat(translated(FailureCode.OUTCOME_UNKNOWN, "08006"))
                .isExactlyInstanceOf(GuardOutcomeUnknownException.class)
                .isNotInstanceOf(TransientDataAccessException.class)
                .isNotInstanceOf(RecoverableDataAccessException.class)
                .isNotInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void leavesOtherExceptionsToOtherTranslators() {
        var translator = new GuardExceptionTranslator();
        assertThat(translator.translateExceptionIfPossible(new IllegalStateException("not ours")))
                .isNull();
        assertThat(translator.translateExceptionIfPossible(failure(FailureCode.DEADLOCK, "40P01")))
                .isInstanceOf(GuardLockException.class);
    }

    @ParameterizedTest
    @EnumSource
    void survivesSerialization(FailureCode code) throws Exception {
        var bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(translated(code, "40001"));
        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(read)
                .isInstanceOfSatisfying(
                        ReportedFailure.class,
                        failure -> assertThat(failure.report())
                                .isEqualTo(failure(code, "40001").report()));
    }

    private static DataAccessException translated(FailureCode code, @Nullable String state) {
        return GuardExceptionTranslator.translate(failure(code, state));
    }

    private static GuardException failure(FailureCode code, @Nullable String state) {
        return new GuardException(new FailureReport(code, "ensure", "why.", TABLE, null, state, false));
    }
}

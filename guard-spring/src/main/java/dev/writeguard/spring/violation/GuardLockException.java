package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.CannotAcquireLockException;

/**
 * A serialization failure, a deadlock or a lock that was not granted in time. A new transaction may succeed.
 *
 * @since 0.1
 */
public final class GuardLockException extends CannotAcquireLockException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardLockException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

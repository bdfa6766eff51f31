package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Other transactions were faster, and what they did cannot be made good in this one. A new transaction may succeed.
 *
 * @since 0.1
 */
public final class GuardRaceLostException extends OptimisticLockingFailureException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardRaceLostException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

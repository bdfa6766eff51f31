package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.NonTransientDataAccessException;

/**
 * The connection was lost while the write was being committed: it may be stored or not. Deliberately of no type that
 * generic advice repeats.
 *
 * @since 0.1
 */
public final class GuardOutcomeUnknownException extends NonTransientDataAccessException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardOutcomeUnknownException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

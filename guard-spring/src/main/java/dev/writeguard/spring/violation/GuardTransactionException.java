package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;

/**
 * The transaction cannot take this write: it is read-only, or an earlier statement of it has failed.
 *
 * @since 0.1
 */
public final class GuardTransactionException extends InvalidDataAccessResourceUsageException
        implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardTransactionException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

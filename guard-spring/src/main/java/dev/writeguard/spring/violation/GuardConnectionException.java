package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * There is no usable connection, and nothing was committed.
 *
 * @since 0.1
 */
public final class GuardConnectionException extends DataAccessResourceFailureException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardConnectionException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

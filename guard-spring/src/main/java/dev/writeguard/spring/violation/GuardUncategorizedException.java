package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.UncategorizedDataAccessException;

/**
 * The server refused the statement for a reason that has no code of its own.
 *
 * @since 0.1
 */
public final class GuardUncategorizedException extends UncategorizedDataAccessException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardUncategorizedException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

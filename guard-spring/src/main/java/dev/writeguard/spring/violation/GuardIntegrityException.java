package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * What is given or stored breaks a rule of the data: a missing reference, a parent that may not be used, a value that
 * the database rejects.
 *
 * @since 0.1
 */
public final class GuardIntegrityException extends DataIntegrityViolationException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardIntegrityException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

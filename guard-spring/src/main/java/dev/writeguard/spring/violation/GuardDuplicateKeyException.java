package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Another row holds a key that this one needs.
 *
 * @since 0.1
 */
public final class GuardDuplicateKeyException extends DuplicateKeyException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardDuplicateKeyException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * The call cannot be carried out as it stands: a key, a column, a template or a rule is wrong.
 *
 * @since 0.1
 */
public final class GuardUsageException extends InvalidDataAccessApiUsageException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardUsageException(GuardException failure) {
        super(failure.getMessage(), failure.getCause());
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

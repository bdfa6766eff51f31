package dev.writeguard.spring.violation;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * A statement that the connection had prepared no longer fits the tables, which were altered. A new transaction succeeds.
 *
 * @since 0.1
 */
public final class GuardStalePlanException extends TransientDataAccessResourceException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardStalePlanException(GuardException failure) {
        super(requireNonNull(failure.getMessage()), requireNonNullElse(failure.getCause(), failure));
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

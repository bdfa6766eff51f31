package dev.writeguard.spring.violation;

import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.Objects;
import org.springframework.dao.PermissionDeniedDataAccessException;

/**
 * The database role may not do this, or may not see the row.
 *
 * @since 0.1
 */
public final class GuardPermissionException extends PermissionDeniedDataAccessException implements ReportedFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    GuardPermissionException(GuardException failure) {
        // This one superclass wants both.
        super(String.valueOf(failure.getMessage()), Objects.requireNonNullElse(failure.getCause(), failure));
        this.report = failure.report();
    }

    @Override
    public FailureReport report() {
        return report;
    }
}

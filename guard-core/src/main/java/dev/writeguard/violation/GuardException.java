package dev.writeguard.violation;

import dev.writeguard.sql.TableName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What core throws. The message says what failed, where, why and what to do; it holds no values of rows. The driver's
 * exception in the cause may hold some, unless the driver runs with {@code logServerErrorDetail=false}.
 *
 * @since 0.1
 */
public class GuardException extends RuntimeException implements GuardFailure {

    private static final long serialVersionUID = 1L;

    private final FailureReport report;

    public GuardException(FailureReport report) {
        this(report, null);
    }

    public GuardException(FailureReport report, @Nullable Throwable cause) {
        super(report.message(), cause);
        this.report = report;
    }

    /** The facts, for a layer that throws a type of its own. */
    public FailureReport report() {
        return report;
    }

    @Override
    public FailureCode code() {
        return report.code();
    }

    @Override
    public Optional<String> entity() {
        return report.entity();
    }

    @Override
    public Optional<TableName> table() {
        return report.table();
    }

    @Override
    public Optional<String> constraint() {
        return report.constraint();
    }

    @Override
    public Optional<String> sqlState() {
        return report.sqlState();
    }

    @Override
    public boolean mayRetry() {
        return report.mayRetry();
    }

    @Override
    public List<String> resolution() {
        return report.resolution();
    }
}

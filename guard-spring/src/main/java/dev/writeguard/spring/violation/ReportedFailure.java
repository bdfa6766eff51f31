package dev.writeguard.spring.violation;

import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardFailure;
import java.util.List;
import java.util.Optional;

/**
 * A failure that answers from its report. Every exception of this package is one, whichever class of Spring's it
 * extends.
 *
 * @since 0.1
 */
public interface ReportedFailure extends GuardFailure {

    /** The facts. */
    FailureReport report();

    @Override
    default FailureCode code() {
        return report().code();
    }

    @Override
    default Optional<String> entity() {
        return report().entity();
    }

    @Override
    default Optional<TableName> table() {
        return report().table();
    }

    @Override
    default Optional<String> constraint() {
        return report().constraint();
    }

    @Override
    default Optional<String> sqlState() {
        return report().sqlState();
    }

    @Override
    default boolean mayRetry() {
        return report().mayRetry();
    }

    @Override
    default List<String> resolution() {
        return report().resolution();
    }
}

package dev.writeguard.event;

import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One finished operation.
 *
 * @param operation the verb: {@code ensure}, {@code ensureAll}, {@code insert}, {@code insertAll}
 * @param table the parent's table
 * @param outcomes how many rows had each outcome, such as {@code created}, {@code existing}, {@code refused}; empty if
 *     the operation failed
 * @param roundTrips messages sent to the server, and the COMMIT or ROLLBACK of a transaction that Guard opened. A
 *     message that the driver splits, which {@code docs/protocols/one-message.md} describes, counts as one
 * @param repeats how often the statements were sent again because a delete had slipped in between
 * @param retries the failures, {@link FailureCode#retriedByGuard()} all of them, after which Guard ran the operation
 *     again, in a new transaction of its own; none where the transaction was the caller's
 * @param duration wall-clock time from call to return
 * @param failure what was thrown, if anything
 * @since 0.1
 */
public record OperationEvent(
        String operation,
        TableName table,
        Map<String, Integer> outcomes,
        int roundTrips,
        int repeats,
        List<FailureCode> retries,
        Duration duration,
        @Nullable GuardFailure failure) {

    public OperationEvent {
        outcomes = Map.copyOf(outcomes);
        retries = List.copyOf(retries);
    }
}

package dev.writeguard.event;

import dev.writeguard.violation.FailureCode;

/**
 * A whole transaction of the application's is run again, since its owner is Guard. What a single operation runs again is
 * part of its {@link OperationEvent}.
 *
 * @param operation what was called, for a sentence: {@code save Message}
 * @param reason why the run before has failed
 * @since 0.1
 */
public record RetriedEvent(String operation, FailureCode reason) {}

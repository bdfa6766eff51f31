package dev.writeguard.event;

/**
 * Hears what Guard does. Called on the thread of the operation, after its last statement and before it returns or
 * throws; with a transaction of the caller's the commit is still to come. An exception from a listener is logged with
 * {@link System.Logger} at WARNING and changes nothing for the operation or for other listeners.
 *
 * <p>Must be safe for use by many threads and quick: it runs while row locks are held.
 *
 * @since 0.1
 */
public interface GuardListener {

    /** An operation has ended, well or not. */
    default void completed(OperationEvent event) {}

    /** Mode {@code OBSERVE}: an operation was left out. */
    default void observed(ObservedEvent event) {}

    /** A whole transaction is about to be run again. */
    default void retried(RetriedEvent event) {}
}

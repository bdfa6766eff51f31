package dev.writeguard.rule;

/**
 * What Guard does about a rule. Read at each operation, so that it can change at run time.
 *
 * @since 0.1
 */
public enum GuardMode {
    /** Parents are ensured and locked. */
    ENFORCE,
    /** Nothing of Guard's own is sent; what it would have done is reported to the listeners. */
    OBSERVE,
    /** Nothing of Guard's own is sent. */
    OFF
}

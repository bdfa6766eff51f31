package dev.writeguard.spring.autoconfigure;

/** What happens at start-up to statements of guarded repositories that write past a rule. */
enum UnguardedWrites {
    /** The application does not start. */
    FAIL,
    /** They are logged. */
    WARN,
    /** They are not looked for. */
    OFF
}

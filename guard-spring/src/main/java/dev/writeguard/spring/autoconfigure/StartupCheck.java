package dev.writeguard.spring.autoconfigure;

/** What happens at start-up to declared rules that do not fit the database. */
enum StartupCheck {
    /** The application does not start. */
    FAIL,
    /** They are logged, and refused where they are used. */
    WARN,
    /** They are refused where they are used. */
    OFF
}

package dev.writeguard.spring.autoconfigure;

/** What happens at start-up to declared rules that do not fit the database. */
enum StartupCheck {
    /** The application does not start. */
    FAIL,
    /** They are logged, and refused where they are used; those of entities are not in force. */
    WARN,
    /** They are refused where they are used; those of entities are not in force. */
    OFF
}

package dev.writeguard.spring.rule;

/**
 * What a statement says.
 *
 * @param text of it, as it is declared
 * @param sql whether it is SQL, and not of the entities' language
 */
public record StatementText(String text, boolean sql) {}

package dev.writeguard.spring.rule;

/**
 * A statement of the application's own, which no mapping sees.
 *
 * @param where it is: {@code MessageRepository.insert}
 * @param text of it, as the annotation has it, or what the annotation names
 * @param sql whether it is SQL, and not of the entities' language
 */
public record OwnStatement(String where, String text, boolean sql) {}

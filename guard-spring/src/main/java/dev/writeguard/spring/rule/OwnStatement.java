package dev.writeguard.spring.rule;

import java.util.Set;

/**
 * A statement of the application's own, which no mapping sees.
 *
 * @param where it is: {@code MessageRepository.insert}
 * @param text of it, as the annotation has it, or what the annotation names
 * @param sql whether it is SQL, and not of the entities' language
 * @param ensured the associations whose parents are ensured for it: {@code Message.conversation}, also under the names
 *     of the entities that the repository's one inherits from
 */
public record OwnStatement(String where, String text, boolean sql, Set<String> ensured) {

    public OwnStatement {
        ensured = Set.copyOf(ensured);
    }
}

package dev.writeguard.spring.jpa;

import org.hibernate.event.spi.EventSource;
import org.jspecify.annotations.Nullable;

/**
 * The parent that a call of a repository's method needs, for a write that no mapping sees.
 *
 * @param parameter the position of the argument with its id
 */
record CallDoor(ParentDoor parents, int parameter) {

    /**
     * Gathers it. The arguments stand for the child.
     *
     * @throws RuntimeException if the transaction removes it
     */
    void gather(@Nullable Object[] arguments, GatheredParents gathered, EventSource session) {
        Object id = arguments[parameter];
        if (id != null) {
            gathered.add(parents, () -> referrer(arguments, id, session));
        }
    }

    private Referrer referrer(@Nullable Object[] arguments, Object id, EventSource session) {
        RuledParent parent = parents.parent();
        parent.requireNotRemoved(session.generateEntityKey(id, parent.entity()), session);
        return parents.referrer(arguments, parent.reference(id, session), other -> {});
    }
}

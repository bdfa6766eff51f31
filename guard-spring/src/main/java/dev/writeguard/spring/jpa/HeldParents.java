package dev.writeguard.spring.jpa;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.hibernate.event.spi.EventSource;

/**
 * The parents that each session's transaction holds already, so that they are not locked for every child again. No
 * promise: a rollback to a savepoint of JDBC's own releases a lock, and nobody is told. The foreign key then has the
 * last word.
 */
final class HeldParents {

    private final Map<EventSource, Set<EntityKey>> held = Collections.synchronizedMap(new WeakHashMap<>());

    boolean contains(EventSource session, EntityKey parent) {
        Set<EntityKey> ofSession = held.get(session);
        return ofSession != null && ofSession.contains(parent);
    }

    /** Remembers it until the transaction ends; outside of one there is nothing to remember. */
    void add(EventSource session, EntityKey parent) {
        if (!session.isTransactionInProgress()) {
            return;
        }
        held.computeIfAbsent(session, first -> {
                    session.getActionQueue().registerCallback((TransactionCompletionCallbacks.AfterCompletionCallback)
                            (success, ended) -> held.remove(session));
                    return new HashSet<>();
                })
                .add(parent);
    }
}

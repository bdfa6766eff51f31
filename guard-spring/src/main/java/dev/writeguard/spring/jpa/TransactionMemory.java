package dev.writeguard.spring.jpa;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.hibernate.event.spi.EventSource;

/** What is known in the transaction of each session, and forgotten when that ends. */
final class TransactionMemory<T> {

    private final Map<EventSource, Set<T>> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** Whether nothing is, so that nobody has to say what is looked for. */
    boolean isEmpty(EventSource session) {
        return !known.containsKey(session);
    }

    boolean contains(EventSource session, T fact) {
        Set<T> ofSession = known.get(session);
        return ofSession != null && ofSession.contains(fact);
    }

    void remove(EventSource session, T fact) {
        Set<T> ofSession = known.get(session);
        if (ofSession != null) {
            ofSession.remove(fact);
        }
    }

    /** Remembers it until the transaction ends; outside of one there is nothing to remember. */
    void add(EventSource session, T fact) {
        if (!session.isTransactionInProgress()) {
            return;
        }
        known.computeIfAbsent(session, first -> {
                    session.getActionQueue().registerCallback((TransactionCompletionCallbacks.AfterCompletionCallback)
                            (success, ended) -> known.remove(session));
                    return new HashSet<>();
                })
                .add(fact);
    }
}

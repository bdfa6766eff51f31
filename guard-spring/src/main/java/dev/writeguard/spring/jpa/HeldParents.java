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

    private final Map<EventSource, OfTransaction> transactions = Collections.synchronizedMap(new WeakHashMap<>());

    /** What one transaction holds, and how much of it Guard has created. */
    private static final class OfTransaction {

        private final Set<EntityKey> held = new HashSet<>();
        private int created;
    }

    boolean contains(EventSource session, EntityKey parent) {
        OfTransaction transaction = transactions.get(session);
        return transaction != null && transaction.held.contains(parent);
    }

    /** Remembers it until the transaction ends; outside of one there is nothing to remember. */
    void add(EventSource session, EntityKey parent) {
        if (session.isTransactionInProgress()) {
            transaction(session).held.add(parent);
        }
    }

    /** Counts a row that Guard has created. */
    void addCreated(EventSource session) {
        if (session.isTransactionInProgress()) {
            transaction(session).created++;
        }
    }

    /** How many rows Guard has created in the session's transaction. */
    int created(EventSource session) {
        OfTransaction transaction = transactions.get(session);
        return transaction == null ? 0 : transaction.created;
    }

    private OfTransaction transaction(EventSource session) {
        return transactions.computeIfAbsent(session, first -> {
            session.getActionQueue().registerCallback((TransactionCompletionCallbacks.AfterCompletionCallback)
                    (success, ended) -> transactions.remove(session));
            return new OfTransaction();
        });
    }
}

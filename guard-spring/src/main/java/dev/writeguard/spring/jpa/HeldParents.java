package dev.writeguard.spring.jpa;

import dev.writeguard.rule.ParentRule;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * The parents that each session's transaction holds already, so that they are not locked for every child again. No
 * promise: a rollback to a savepoint of JDBC's own releases a lock, and nobody is told. The foreign key then has the
 * last word.
 */
final class HeldParents {

    private final TransactionMemory<OfTransaction> transactions = new TransactionMemory<>(OfTransaction::new);

    /** What one transaction holds, and how much of it Guard has written. */
    private static final class OfTransaction {

        private final Set<EntityKey> own = new HashSet<>();
        private final Set<Held> held = new HashSet<>();
        private int written;
    }

    /** A parent as one rule asks for it: another one may lock more, or compare what this one does not. */
    private record Held(ParentRule rule, EntityKey parent) {}

    /** Whether it was asked for by that rule, or inserted by this transaction. */
    boolean contains(SharedSessionContractImplementor session, ParentRule rule, EntityKey parent) {
        OfTransaction transaction = transactions.of(session);
        return transaction != null
                && (transaction.own.contains(parent) || transaction.held.contains(new Held(rule, parent)));
    }

    /** Whether it was asked for by that rule. */
    boolean isMetBy(ParentRule rule, SharedSessionContractImplementor session, EntityKey parent) {
        OfTransaction transaction = transactions.of(session);
        return transaction != null && transaction.held.contains(new Held(rule, parent));
    }

    /** Remembers it until the transaction ends. */
    void add(SharedSessionContractImplementor session, ParentRule rule, EntityKey parent) {
        OfTransaction transaction = transactions.toAddTo(session);
        if (transaction != null) {
            transaction.held.add(new Held(rule, parent));
        }
    }

    /** A row that the transaction has inserted is its own, for every rule. */
    void addOwn(SharedSessionContractImplementor session, EntityKey parent) {
        OfTransaction transaction = transactions.toAddTo(session);
        if (transaction != null) {
            transaction.own.add(parent);
        }
    }

    /** Forgets all rows: the context is cleared, and a query may have deleted what was in it. */
    void clear(SharedSessionContractImplementor session) {
        OfTransaction transaction = transactions.of(session);
        if (transaction != null) {
            transaction.own.clear();
            transaction.held.clear();
        }
    }

    /** Forgets a row that the transaction has deleted, or that has left the context. */
    void removed(SharedSessionContractImplementor session, EntityKey parent) {
        OfTransaction transaction = transactions.of(session);
        if (transaction != null) {
            transaction.own.remove(parent);
            transaction.held.removeIf(held -> held.parent().equals(parent));
        }
    }

    /** Counts rows that Guard has created or written into, or will at the flush. */
    void addWritten(SharedSessionContractImplementor session, int rows) {
        OfTransaction transaction = transactions.toAddTo(session);
        if (transaction != null) {
            transaction.written += rows;
        }
    }

    /** How many rows Guard has written in the session's transaction. */
    int written(SharedSessionContractImplementor session) {
        OfTransaction transaction = transactions.of(session);
        return transaction == null ? 0 : transaction.written;
    }
}

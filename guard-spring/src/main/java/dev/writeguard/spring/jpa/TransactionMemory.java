package dev.writeguard.spring.jpa;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.jspecify.annotations.Nullable;

/** What is known in the transaction of each session, and forgotten when that ends. */
final class TransactionMemory<T> {

    private final Map<SharedSessionContractImplementor, T> known = Collections.synchronizedMap(new WeakHashMap<>());
    private final Supplier<T> nothing;

    /**
     * @param nothing what a transaction starts with, to be changed
     */
    TransactionMemory(Supplier<T> nothing) {
        this.nothing = nothing;
    }

    /** Begins again. */
    void forget(SharedSessionContractImplementor session) {
        known.computeIfPresent(session, (same, before) -> nothing.get());
    }

    /** Null if nothing is known. */
    @Nullable
    T of(SharedSessionContractImplementor session) {
        return known.get(session);
    }

    /**
     * What can be added to until the transaction ends. Null outside of one that Hibernate knows of: nobody would tell when it
     * ends.
     */
    @Nullable
    T toAddTo(SharedSessionContractImplementor session) {
        T before = known.get(session);
        if (before != null || !session.getTransactionCoordinator().isTransactionActive()) {
            return before;
        }
        session.getTransactionCompletionCallbacks()
                .registerCallback((TransactionCompletionCallbacks.AfterCompletionCallback)
                        (success, ended) -> known.remove(session));
        T first = nothing.get();
        known.put(session, first);
        return first;
    }
}

package dev.writeguard.spring.repository;

import dev.writeguard.event.RetriedEvent;
import dev.writeguard.spring.jpa.Attempt;
import dev.writeguard.spring.jpa.HibernateDoor;
import dev.writeguard.spring.violation.StatementFailures;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Outside of the method's transaction: throws what was refused inside, gives what may be retried its type, and runs the
 * method again where its transaction is its own.
 */
final class JpaOutsideTransaction implements MethodInterceptor {

    private static final Duration FIRST_DELAY = Duration.ofMillis(10);

    private final String entity;
    private final Supplier<EntityManager> entityManager;
    private final @Nullable RetryTemplate retries;

    /**
     * @param maxRetries how often a method is run again at most
     * @param entity what the repository is for, for a sentence
     */
    JpaOutsideTransaction(int maxRetries, String entity, Supplier<EntityManager> entityManager) {
        this.entity = entity;
        this.entityManager = entityManager;
        this.retries = maxRetries == 0 ? null : retries(maxRetries);
    }

    private static RetryTemplate retries(int most) {
        return new RetryTemplate(RetryPolicy.builder()
                .maxRetries(most)
                .delay(FIRST_DELAY)
                .jitter(FIRST_DELAY)
                .multiplier(2)
                .predicate(StatementFailures::mayRetry)
                .build());
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        if (retries == null || !ownsTransaction() || !(invocation instanceof ProxyMethodInvocation repeatable)) {
            return once(invocation);
        }
        Saved.by(invocation);
        var last = new AtomicReference<@Nullable Throwable>();
        try {
            return retries.execute(() -> Attempt.run(() -> again(last, repeatable)));
        } catch (RetryException failure) {
            Throwable thrown = failure.getLastException();
            throw thrown instanceof NotToBeRepeated ? Objects.requireNonNull(thrown.getCause()) : thrown;
        }
    }

    /** One of several runs. */
    private @Nullable Object again(AtomicReference<@Nullable Throwable> last, ProxyMethodInvocation repeatable)
            throws Throwable {
        if (last.get() instanceof GuardFailure before) {
            HibernateDoor.retried(
                    entityManager.get().getEntityManagerFactory(), new RetriedEvent(name(repeatable), before.code()));
        }
        try {
            return once(repeatable.invocableClone(arguments(repeatable)));
        } catch (Throwable failure) {
            last.set(failure);
            // What the method has committed step by step, a second run would do twice.
            throw Attempt.wasInTransaction() ? failure : new NotToBeRepeated(failure);
        }
    }

    /** Around the failure of a method that has no transaction of its own, which could be rolled back as a whole. */
    private static final class NotToBeRepeated extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotToBeRepeated(Throwable failure) {
            super(failure);
        }
    }

    private String name(MethodInvocation invocation) {
        return invocation.getMethod().getName() + " " + entity;
    }

    private static @Nullable Object[] arguments(MethodInvocation invocation) {
        return invocation.getArguments().clone();
    }

    private @Nullable Object once(MethodInvocation invocation) throws Throwable {
        try {
            Object result = invocation.proceed();
            if (result instanceof Refused refused) {
                throw refused.failure();
            }
            return result;
        } catch (RuntimeException failure) {
            throw StatementFailures.typed(failure, name(invocation));
        }
    }

    /** Neither a transaction nor an EntityManager was there before: a retry begins with nothing that the first run has left. */
    private boolean ownsTransaction() {
        return !TransactionSynchronizationManager.isActualTransactionActive()
                && !TransactionSynchronizationManager.hasResource(
                        entityManager.get().getEntityManagerFactory());
    }
}

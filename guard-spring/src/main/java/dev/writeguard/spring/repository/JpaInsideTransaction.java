package dev.writeguard.spring.repository;

import dev.writeguard.spring.jpa.Attempt;
import dev.writeguard.spring.jpa.EntityWrites;
import dev.writeguard.spring.jpa.HibernateDoor;
import dev.writeguard.spring.jpa.LostConnections;
import dev.writeguard.spring.jpa.RepositoryCall;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Within the method's transaction: ensures the parents of everything that is saved before the first of it is. In a
 * transaction which the method has joined a refusal is returned and not thrown, so that it is not marked for a rollback.
 */
final class JpaInsideTransaction implements MethodInterceptor {

    private final Class<?> repository;
    private final Supplier<EntityManager> entityManager;
    private final Set<Method> declaring;

    /**
     * @param repository the interface
     * @param declaring the methods that have {@code @EnsuredParent} themselves
     */
    JpaInsideTransaction(Class<?> repository, Supplier<EntityManager> entityManager, Set<Method> declaring) {
        this.repository = repository;
        this.entityManager = entityManager;
        this.declaring = Set.copyOf(declaring);
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Attempt.entered(TransactionSynchronizationManager.isActualTransactionActive());
        try {
            return guarded(invocation);
        } catch (RuntimeException failure) {
            remember(failure, invocation);
            throw failure;
        }
    }

    /** A rollback on a connection that is lost fails, too, and would take the place of this failure. */
    private void remember(RuntimeException failure, MethodInvocation invocation) {
        EntityManager current = inTransaction();
        if (current != null) {
            LostConnections.remember(
                    current, failure, invocation.getMethod().getName() + " of " + repository.getSimpleName());
        }
    }

    private @Nullable Object guarded(MethodInvocation invocation) throws Throwable {
        Saved saved = Saved.by(invocation);
        boolean declares = declaring.contains(invocation.getMethod());
        var call = new RepositoryCall(repository, invocation.getMethod());
        if (declares
                && inTransaction() == null
                && HibernateDoor.enforces(entityManager.get().getEntityManagerFactory(), call)) {
            throw new IllegalTransactionStateException(invocation.getMethod().getName()
                    + " ensures a parent for its own statement, which only a transaction keeps together: add"
                    + " @Transactional");
        }
        Optional<EntityWrites> writes = saved.isEmpty() && !declares ? Optional.empty() : writes();
        if (writes.isEmpty()) {
            return invocation.proceed();
        }
        int written = writes.get().written();
        Runnable restore;
        try {
            writes.get().beforeCall(call, invocation.getArguments());
            restore = writes.get().beforeSave(saved.instances());
        } catch (RuntimeException failure) {
            if (isRefusal(failure) && writes.get().written() == written && !ownsTransaction()) {
                return new Refused(failure);
            }
            throw failure;
        }
        try {
            return invocation.proceed();
        } finally {
            restore.run();
        }
    }

    private Optional<EntityWrites> writes() {
        EntityManager current = inTransaction();
        return current == null ? Optional.empty() : EntityWrites.of(current);
    }

    /** Null also in a transaction of another manager, where each statement is committed by itself. */
    private @Nullable EntityManager inTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        EntityManager current = EntityManagerFactoryUtils.getTransactionalEntityManager(
                entityManager.get().getEntityManagerFactory());
        return current != null && EntityWrites.isInTransaction(current) ? current : null;
    }

    /** Whether it ends with the method: to commit it would write what else its EntityManager has pending. */
    private static boolean ownsTransaction() {
        try {
            return TransactionAspectSupport.currentTransactionStatus().isNewTransaction();
        } catch (NoTransactionException withinAnother) {
            return false;
        }
    }

    /** Decided by Guard, and not by the server, for which the transaction would be over. */
    private static boolean isRefusal(RuntimeException failure) {
        return failure instanceof GuardFailure guardFailure
                && guardFailure.sqlState().isEmpty()
                && guardFailure.code().code().startsWith("GRD-1");
    }
}

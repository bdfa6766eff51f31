package dev.writeguard.spring.jpa;

import dev.writeguard.spring.violation.StatementFailures;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A dialect that lets an exception through which is Spring's already: a refusal in the flush of a COMMIT would otherwise
 * reach the caller as a {@code TransactionSystemException}. What a flush or a COMMIT meets by bad luck (40001, 40P01, 55P03)
 * gets the type that says whether it may be retried, and a key that is taken (23505) the type that says which. A connection that
 * is lost gets the type that says whether anything can have been stored.
 */
public final class GuardJpaDialect implements JpaDialect {

    private static final String OPERATION = "write through the EntityManager";

    private final JpaDialect delegate;

    /** That of the transactions which this dialect has begun. */
    private volatile @Nullable SessionFactoryImplementor factory;

    public GuardJpaDialect(JpaDialect delegate) {
        this.delegate = delegate;
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
        if (failure instanceof DataAccessException translated) {
            return translated;
        }
        DataAccessException translated = delegate.translateExceptionIfPossible(failure);
        if (translated == null || !isSprings(translated)) {
            return translated;
        }
        SharedSessionContractImplementor session = sessionInTransaction();
        DataAccessException lost =
                session == null ? null : LostConnections.typed(failure, translated, session, OPERATION);
        if (lost != null) {
            return lost;
        }
        return StatementFailures.typed(translated, OPERATION) instanceof DataAccessException typed ? typed : translated;
    }

    /** Of the transaction that is under way or about to end; null without one, or if the factory has begun none. */
    private @Nullable SharedSessionContractImplementor sessionInTransaction() {
        SessionFactoryImplementor known = factory;
        if (known == null || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        for (Object resource :
                TransactionSynchronizationManager.getResourceMap().values()) {
            if (resource instanceof EntityManagerHolder holder
                    && holder.getEntityManager().getDelegate() instanceof SharedSessionContractImplementor session
                    && session.getFactory().equals(known)) {
                return session;
            }
        }
        return null;
    }

    /** As Spring translates these; an application's own dialect may have said something else, and means it. */
    private static boolean isSprings(DataAccessException translated) {
        return translated instanceof DataIntegrityViolationException
                || translated instanceof ConcurrencyFailureException
                || translated instanceof DataAccessResourceFailureException
                || translated instanceof UncategorizedDataAccessException;
    }

    @Override
    public @Nullable Object beginTransaction(EntityManager entityManager, TransactionDefinition definition)
            throws PersistenceException, SQLException {
        if (entityManager.getDelegate() instanceof SharedSessionContractImplementor session) {
            factory = session.getFactory();
            LostConnections.forget(session);
        }
        return delegate.beginTransaction(entityManager, definition);
    }

    @Override
    public @Nullable Object prepareTransaction(EntityManager entityManager, boolean readOnly, @Nullable String name) {
        return delegate.prepareTransaction(entityManager, readOnly, name);
    }

    @Override
    public void cleanupTransaction(@Nullable Object transactionData) {
        delegate.cleanupTransaction(transactionData);
    }

    @Override
    public @Nullable ConnectionHandle getJdbcConnection(EntityManager entityManager, boolean readOnly)
            throws SQLException {
        return delegate.getJdbcConnection(entityManager, readOnly);
    }

    @Override
    public void releaseJdbcConnection(ConnectionHandle handle, EntityManager entityManager) throws SQLException {
        delegate.releaseJdbcConnection(handle, entityManager);
    }
}

package dev.writeguard.spring.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.transaction.TransactionDefinition;

/**
 * A dialect that lets an exception through which is Spring's already: a refusal in the flush of a COMMIT would otherwise
 * reach the caller as a {@code TransactionSystemException}.
 */
public final class GuardJpaDialect implements JpaDialect {

    private final JpaDialect delegate;

    public GuardJpaDialect(JpaDialect delegate) {
        this.delegate = delegate;
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
        return failure instanceof DataAccessException translated
                ? translated
                : delegate.translateExceptionIfPossible(failure);
    }

    @Override
    public @Nullable Object beginTransaction(EntityManager entityManager, TransactionDefinition definition)
            throws PersistenceException, SQLException {
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

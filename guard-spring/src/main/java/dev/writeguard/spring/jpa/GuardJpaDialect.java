package dev.writeguard.spring.jpa;

import dev.writeguard.spring.violation.StatementFailures;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.transaction.TransactionDefinition;

/**
 * A dialect that lets an exception through which is Spring's already: a refusal in the flush of a COMMIT would otherwise
 * reach the caller as a {@code TransactionSystemException}. What a flush or a COMMIT meets by bad luck (40001, 40P01, 55P03)
 * gets the type that says whether it may be retried, and a key that is taken (23505) the type that says which.
 */
public final class GuardJpaDialect implements JpaDialect {

    private final JpaDialect delegate;

    public GuardJpaDialect(JpaDialect delegate) {
        this.delegate = delegate;
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
        if (failure instanceof DataAccessException translated) {
            return translated;
        }
        DataAccessException translated = delegate.translateExceptionIfPossible(failure);
        return translated != null
                        && isSprings(translated)
                        && StatementFailures.typed(translated, "write through the EntityManager")
                                instanceof DataAccessException typed
                ? typed
                : translated;
    }

    /** As Spring translates these; an application's own dialect may have said something else, and means it. */
    private static boolean isSprings(DataAccessException translated) {
        return translated instanceof DataIntegrityViolationException
                || translated instanceof ConcurrencyFailureException
                || translated instanceof UncategorizedDataAccessException;
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

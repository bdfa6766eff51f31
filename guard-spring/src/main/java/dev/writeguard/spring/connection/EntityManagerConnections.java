package dev.writeguard.spring.connection;

import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.GuardException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lends the connection of the current {@code EntityManager}'s transaction. What the persistence context has not flushed
 * yet is not flushed: the operation sees what the database has.
 *
 * <p>{@code JpaTransactionManager} exposes its connection for the factory's data source, so that {@code JdbcTemplate}
 * and Guard join it. Where it does not (JTA, or a transaction manager told of another data source) the
 * {@code JpaDialect} gives the connection. Without a transaction it is as {@link DataSourceConnections} says.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class EntityManagerConnections implements ConnectionSource {

    private final EntityManagerFactory factory;
    private final JpaDialect dialect;
    private final DataSource dataSource;
    private final DataSourceConnections connections;

    /**
     * @param factory as Spring proxies it
     * @throws IllegalArgumentException if the factory was not made by Spring, or has no data source or no dialect
     */
    public EntityManagerConnections(EntityManagerFactory factory) {
        if (!(factory instanceof EntityManagerFactoryInfo info)
                || info.getDataSource() == null
                || info.getJpaDialect() == null) {
            throw new IllegalArgumentException(
                    "The EntityManagerFactory is none of Spring's with a DataSource and a JpaDialect");
        }
        this.factory = factory;
        this.dialect = info.getJpaDialect();
        this.dataSource = info.getDataSource();
        this.connections = new DataSourceConnections(dataSource);
    }

    /**
     * {@inheritDoc}
     *
     * @throws SQLException what the work threw, or class 08 if no connection could be had
     */
    @Override
    public <T> T with(Use<T> use) throws SQLException {
        return exposed() || !inTransaction() ? connections.with(use) : ofEntityManager(use);
    }

    @Override
    public RuntimeException toThrow(GuardException failure) {
        return GuardExceptionTranslator.translate(failure);
    }

    private boolean exposed() {
        return TransactionSynchronizationManager.hasResource(dataSource);
    }

    private boolean inTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.getResource(factory) instanceof EntityManagerHolder holder
                && holder.isSynchronizedWithTransaction();
    }

    private <T> T ofEntityManager(Use<T> use) throws SQLException {
        EntityManager entityManager = EntityManagerFactoryUtils.getTransactionalEntityManager(factory);
        ConnectionHandle handle = entityManager == null ? null : dialect.getJdbcConnection(entityManager, false);
        if (handle == null) {
            // A connection of its own would be outside the transaction that the caller relies on.
            throw new SQLNonTransientConnectionException("The JpaDialect does not give its connection", "08003");
        }
        Connection connection = ConnectionFailures.of(handle::getConnection);
        try {
            return use.on(connection);
        } finally {
            handle.releaseConnection(connection);
        }
    }
}

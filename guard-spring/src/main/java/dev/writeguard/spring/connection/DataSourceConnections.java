package dev.writeguard.spring.connection;

import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Lends the connection of the current transaction of a {@code DataSource}, as {@code JdbcTemplate} uses it. Without a
 * transaction each operation gets a connection in autocommit, also from a pool whose connections are not, so that
 * nothing is lost when it goes back. Failures are thrown as Spring's exceptions.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class DataSourceConnections implements ConnectionSource {

    private final DataSource dataSource;

    /** Connections of that data source; transactions are found under it. */
    public DataSourceConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * {@inheritDoc}
     *
     * @throws SQLException what the work threw, or class 08 if no connection could be had
     */
    @Override
    public <T> T with(Use<T> use) throws SQLException {
        Connection connection = ConnectionFailures.of(() -> DataSourceUtils.doGetConnection(dataSource));
        try {
            return DataSourceUtils.isConnectionTransactional(connection, dataSource)
                    ? use.on(connection)
                    : Autocommit.with(connection, use);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    @Override
    public RuntimeException toThrow(GuardException failure) {
        return GuardExceptionTranslator.translate(failure);
    }
}

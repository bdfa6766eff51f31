package dev.writeguard.lab;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.plan.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Guard on the lab's database, and on the connection of the current transaction where there is one. */
@Configuration(proxyBeanMethods = false)
class LabGuard {

    @Bean
    @DependsOnDatabaseInitialization
    Guard guard(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Guard.of(connection);
        }
    }

    @Bean
    EnsureParent ensureParent(Guard guard, DataSource database) {
        return guard.ensureParent(new CurrentConnection(database));
    }

    private record CurrentConnection(DataSource database) implements ConnectionSource {

        @Override
        public <T> T with(Use<T> use) throws SQLException {
            Connection connection = DataSourceUtils.getConnection(database);
            try {
                return use.on(connection);
            } finally {
                DataSourceUtils.releaseConnection(connection, database);
            }
        }
    }
}

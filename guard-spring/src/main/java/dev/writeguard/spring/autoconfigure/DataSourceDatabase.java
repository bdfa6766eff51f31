package dev.writeguard.spring.autoconfigure;

import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.spring.connection.DataSourceConnections;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/** A database without JPA. */
final class DataSourceDatabase extends GuardDatabase {

    DataSourceDatabase(String name, String guardName, String modelName, boolean primary, ListableBeanFactory beans) {
        super(name, guardName, modelName, primary, beans);
    }

    @Override
    DataSource dataSource() {
        return beans().getBean(name(), DataSource.class);
    }

    @Override
    Optional<String> refusal() {
        return RoutingDataSources.refusal(dataSource());
    }

    /**
     * Whether an EntityManagerFactory uses this data source. Wrappers may hide that; then there is one Guard more, which
     * is injected by name only.
     */
    @Override
    boolean covered() {
        DataSource own = DataSourceUnwrapper.unwrapRoot(dataSource());
        return beans().getBeansOfType(GuardDatabase.class).values().stream()
                .filter(other -> !(other instanceof DataSourceDatabase))
                .anyMatch(other -> DataSourceUnwrapper.unwrapRoot(other.dataSource()) == own);
    }

    @Override
    ConnectionSource openConnections() {
        return new DataSourceConnections(dataSource());
    }
}

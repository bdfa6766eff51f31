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
    Optional<DataSource> dataSource() {
        return Optional.of(own());
    }

    @Override
    Optional<String> refusal() {
        return RoutingDataSources.refusal(own());
    }

    /**
     * Whether an EntityManagerFactory uses this data source. Wrappers may hide that; then there is one Guard more,
     * which is injected by name only.
     */
    @Override
    boolean covered() {
        DataSource root = DataSourceUnwrapper.unwrapRoot(own());
        return beans().getBeansOfType(GuardDatabase.class).values().stream()
                .filter(other -> !(other instanceof DataSourceDatabase))
                .flatMap(other -> other.dataSource().stream())
                .anyMatch(used -> root.equals(DataSourceUnwrapper.unwrapRoot(used)));
    }

    @Override
    ConnectionSource openConnections() {
        return new DataSourceConnections(own());
    }

    private DataSource own() {
        return beans().getBean(name(), DataSource.class);
    }
}

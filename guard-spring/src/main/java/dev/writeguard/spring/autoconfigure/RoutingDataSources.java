package dev.writeguard.spring.autoconfigure;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Finds data sources that are many databases in one. */
final class RoutingDataSources {

    private RoutingDataSources() {}

    /** Why this data source cannot be guarded, if it routes. */
    static Optional<String> refusal(DataSource dataSource) {
        return DataSourceUnwrapper.unwrap(dataSource, AbstractRoutingDataSource.class) == null
                ? Optional.empty()
                : Optional.of("its DataSource routes to several databases, whose schemas may differ");
    }
}

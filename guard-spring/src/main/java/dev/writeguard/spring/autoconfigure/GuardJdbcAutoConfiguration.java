package dev.writeguard.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The beans {@code guard}, {@code guardModel} and {@code ensureParent} for each {@code DataSource} bean that no
 * {@code EntityManagerFactory} uses. They are named after it: for {@code ordersDataSource}, {@code ordersGuard} and so
 * on.
 *
 * @since 0.1
 */
@AutoConfiguration(after = {DataSourceAutoConfiguration.class, GuardJpaAutoConfiguration.class})
@Import(DataSourceRegistrar.class)
public final class GuardJdbcAutoConfiguration {}

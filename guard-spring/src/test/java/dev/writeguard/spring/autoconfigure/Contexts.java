package dev.writeguard.spring.autoconfigure;

import dev.writeguard.testkit.Database;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** Application contexts as Boot would make them. */
public final class Contexts {

    private Contexts() {}

    /** Guard, and no DataSource yet. */
    public static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        GuardAutoConfiguration.class,
                        GuardJdbcAutoConfiguration.class,
                        GuardJpaAutoConfiguration.class,
                        GuardHibernateAutoConfiguration.class,
                        GuardJpaRepositoryAutoConfiguration.class,
                        GuardMetricsAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class));
    }

    /** One DataSource from properties, without JPA. */
    public static ApplicationContextRunner jdbc(Database database) {
        return bare().withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + database.url(), "spring.datasource.hikari.maximum-pool-size=2");
    }

    /** One DataSource from properties, and one EntityManagerFactory on it. */
    public static ApplicationContextRunner jpa(Database database) {
        return jdbc(database).withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class));
    }

    /** What is said of a failed start. */
    public static FailureAnalysis analyzed(@Nullable Throwable failure) {
        return Objects.requireNonNull(new GuardFailureAnalyzer().analyze(Objects.requireNonNull(failure)));
    }
}

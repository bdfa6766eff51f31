package dev.writeguard.benchmarks.jpa;

import io.micrometer.observation.ObservationRegistry;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application of Boot's with JPA, as it is but for its data source. */
final class Application implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final EntityManager entities;
    private final TransactionTemplate transactions;

    private Application(ConfigurableApplicationContext context) {
        this.context = context;
        this.entities = context.getBean(EntityManager.class);
        this.transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    static Application start(DataSource dataSource, Class<?> configuration, String... properties) {
        return new Application(new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=warn")
                .properties(properties)
                .initializers(starting -> addBeans((GenericApplicationContext) starting, dataSource))
                .run());
    }

    /** Nobody observes: what is measured is the work alone. */
    private static void addBeans(GenericApplicationContext starting, DataSource dataSource) {
        starting.registerBean(DataSource.class, () -> dataSource, bean -> bean.setDestroyMethodName(""));
        starting.registerBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP);
    }

    /** Works in a transaction that is committed. */
    <T> T inTransaction(Function<EntityManager, T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.apply(entities)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}

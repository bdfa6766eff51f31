package dev.writeguard.spring.door;

import dev.writeguard.testkit.Database;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The application of these entities, started once for a test class. */
public final class DoorApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private DoorApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it on a database, with properties beside the defaults. */
    public static DoorApplication on(Database database, String... properties) {
        return of(Whole.class, database, properties);
    }

    /** The same with the entities and beans of another configuration. */
    public static DoorApplication of(Class<?> configuration, Database database, String... properties) {
        return started(WebApplicationType.NONE, database, properties, configuration);
    }

    /** The same, with tables that Hibernate creates. */
    public static DoorApplication withTables(Class<?> configuration, Database database, String... properties) {
        return of(
                configuration,
                database,
                Stream.concat(
                                Stream.of(
                                        "spring.jpa.hibernate.ddl-auto=create-only",
                                        "spring.jpa.properties.hibernate.hbm2ddl.halt_on_error=true"),
                                Stream.of(properties))
                        .toArray(String[]::new));
    }

    /** The same with more beans, as a web server on a port of its own. */
    public static DoorApplication web(Class<?> more, Database database, String... properties) {
        return started(WebApplicationType.SERVLET, database, properties, Whole.class, more);
    }

    private static DoorApplication started(
            WebApplicationType type, Database database, String[] properties, Class<?>... configurations) {
        return new DoorApplication(new SpringApplicationBuilder(configurations)
                .sources(Logged.class)
                .web(type)
                .properties(
                        "spring.datasource.url=" + database.url(),
                        "spring.jpa.properties.hibernate.jdbc.batch_size=20",
                        "spring.flyway.enabled=false",
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn")
                .properties(properties)
                .run());
    }

    /** Works in a transaction that is committed. */
    public void inTransaction(Consumer<EntityManager> work) {
        fromTransaction(entities -> {
            work.accept(entities);
            return "done";
        });
    }

    /** The same with a result. */
    public <T> T fromTransaction(Function<EntityManager, T> work) {
        var transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        EntityManager entities = context.getBean(EntityManager.class);
        return Objects.requireNonNull(transaction.execute(status -> work.apply(entities)));
    }

    /** The port of a web server. */
    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public StatementLog statements() {
        return context.getBean(StatementLog.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EntityScan(basePackageClasses = Talk.class)
    static class Whole {}

    @Configuration(proxyBeanMethods = false)
    static class Logged {

        @Bean
        static StatementLog statementLog() {
            return new StatementLog();
        }
    }
}

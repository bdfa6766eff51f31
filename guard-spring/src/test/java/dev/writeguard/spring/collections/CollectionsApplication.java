package dev.writeguard.spring.collections;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.testkit.Database;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = CollectionsApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class CollectionsApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.of(
                CollectionsApplication.class,
                database,
                "management.endpoints.web.exposure.include=guard",
                "spring.jpa.hibernate.ddl-auto=create-only",
                "spring.jpa.properties.hibernate.hbm2ddl.halt_on_error=true");
    }

    @Bean
    static StatementLog statementLog() {
        return new StatementLog();
    }

    @Bean
    Observations observations() {
        return new Observations();
    }
}

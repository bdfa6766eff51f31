package dev.writeguard.spring.collections;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
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
        return DoorApplication.withTables(
                CollectionsApplication.class, database, "management.endpoints.web.exposure.include=guard");
    }

    @Bean
    Observations observations() {
        return new Observations();
    }
}

package dev.writeguard.spring.stateless;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
import dev.writeguard.testkit.Database;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = StatelessApplication.class)
class StatelessApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(StatelessApplication.class, database);
    }

    @Bean
    Observations observations() {
        return new Observations();
    }
}

package dev.writeguard.spring.enhanced;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = EnhancedApplication.class)
class EnhancedApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(EnhancedApplication.class, database);
    }
}

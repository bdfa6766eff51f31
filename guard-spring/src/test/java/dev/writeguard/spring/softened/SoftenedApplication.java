package dev.writeguard.spring.softened;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = SoftenedApplication.class)
class SoftenedApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(SoftenedApplication.class, database);
    }
}

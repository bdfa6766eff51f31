package dev.writeguard.spring.targets;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = TargetsApplication.class)
class TargetsApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(TargetsApplication.class, database);
    }
}

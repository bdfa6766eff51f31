package dev.writeguard.spring.circled;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = CircledApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class CircledApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(CircledApplication.class, database, "guard.unguarded-writes=off");
    }
}

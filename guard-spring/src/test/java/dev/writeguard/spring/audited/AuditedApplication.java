package dev.writeguard.spring.audited;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables, and those of Envers. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = AuditedApplication.class)
class AuditedApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(AuditedApplication.class, database);
    }
}

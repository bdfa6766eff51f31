package dev.writeguard.spring.shelves;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import java.sql.SQLException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = ShelvesApplication.class)
class ShelvesApplication {

    static DoorApplication on(Database database) throws SQLException {
        database.execute("CREATE SEQUENCE natively");
        return DoorApplication.withTables(ShelvesApplication.class, database);
    }
}

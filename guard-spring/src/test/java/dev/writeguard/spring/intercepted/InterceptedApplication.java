package dev.writeguard.spring.intercepted;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = InterceptedApplication.class)
class InterceptedApplication {

    static DoorApplication on(Database database, String... properties) {
        return DoorApplication.of(
                InterceptedApplication.class,
                database,
                Stream.concat(
                                Stream.of(
                                        "spring.jpa.hibernate.ddl-auto=update",
                                        "spring.jpa.properties.hibernate.hbm2ddl.halt_on_error=true"),
                                Stream.of(properties))
                        .toArray(String[]::new));
    }
}

package dev.writeguard.spring.validated;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities, validated as Boot's starter does it. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = ValidatedApplication.class)
class ValidatedApplication {

    static DoorApplication on(Database database, String... properties) {
        return DoorApplication.withTables(
                ValidatedApplication.class,
                database,
                Stream.concat(
                                Stream.of("spring.jpa.properties.jakarta.persistence.validation.group.pre-persist="
                                        + "jakarta.validation.groups.Default,"
                                        + Plot.WhenWritten.class.getName()),
                                Stream.of(properties))
                        .toArray(String[]::new));
    }
}

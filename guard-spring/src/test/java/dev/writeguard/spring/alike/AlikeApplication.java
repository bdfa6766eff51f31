package dev.writeguard.spring.alike;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.AuditorAware;
import org.springframework.data.jpa.repository.config.EnableJpaAuditing;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableJpaAuditing
@EntityScan(basePackageClasses = AlikeApplication.class)
class AlikeApplication {

    static DoorApplication on(Database database, String... properties) {
        return DoorApplication.withTables(
                AlikeApplication.class,
                database,
                Stream.concat(
                                Stream.of(
                                        "spring.jpa.properties.hibernate.hbm2ddl.create_namespaces=true",
                                        "spring.jpa.properties.hibernate.tenant_identifier_resolver="
                                                + OneTenant.class.getName()),
                                Stream.of(properties))
                        .toArray(String[]::new));
    }

    @Bean
    AuditorAware<String> auditor() {
        return () -> Optional.of("the auditor");
    }

    /** The tenant of all tests. */
    public static final class OneTenant implements CurrentTenantIdentifierResolver<String> {

        @Override
        public String resolveCurrentTenantIdentifier() {
            return "one";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }
}

package dev.writeguard.spring.tenanted;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import java.util.stream.Stream;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities, of tenants that share a cache. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = TenantedApplication.class)
class TenantedApplication {

    static DoorApplication on(Database database, String... properties) {
        return DoorApplication.withTables(
                TenantedApplication.class,
                database,
                Stream.concat(
                                Stream.of(
                                        "spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
                                        "spring.jpa.properties.hibernate.cache.region.factory_class=jcache",
                                        "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create",
                                        "spring.jpa.properties.hibernate.tenant_identifier_resolver="
                                                + NoTenant.class.getName(),
                                        "spring.jpa.properties.hibernate.javax.cache.provider="
                                                + CaffeineCachingProvider.class.getName()),
                                Stream.of(properties))
                        .toArray(String[]::new));
    }

    /** For sessions that do not say for which tenant they are. */
    public static final class NoTenant implements CurrentTenantIdentifierResolver<String> {

        @Override
        public String resolveCurrentTenantIdentifier() {
            return "none";
        }

        @Override
        public boolean isRoot(String tenant) {
            return tenant.equals("root");
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }
}

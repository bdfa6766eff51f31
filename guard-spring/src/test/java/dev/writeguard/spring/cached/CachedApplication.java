package dev.writeguard.spring.cached;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities, with a cache. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = CachedApplication.class)
class CachedApplication {

    static DoorApplication on(Database database, String... properties) {
        return DoorApplication.withTables(
                CachedApplication.class,
                database,
                Stream.concat(
                                Stream.of(
                                        "spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
                                        "spring.jpa.properties.hibernate.cache.region.factory_class=jcache",
                                        "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create",
                                        "spring.jpa.properties.hibernate.javax.cache.provider="
                                                + CaffeineCachingProvider.class.getName()),
                                Stream.of(properties))
                        .toArray(String[]::new));
    }
}

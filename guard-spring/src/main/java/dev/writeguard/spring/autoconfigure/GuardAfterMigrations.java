package dev.writeguard.spring.autoconfigure;

import dev.writeguard.Guard;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/** Lets a Guard, which reads the catalog, be made after Flyway, Liquibase and scripts have run. */
final class GuardAfterMigrations extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

    @Override
    protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
        return Set.of(Guard.class);
    }
}

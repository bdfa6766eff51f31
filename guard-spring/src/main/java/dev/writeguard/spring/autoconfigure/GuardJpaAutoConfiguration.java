package dev.writeguard.spring.autoconfigure;

import jakarta.persistence.EntityManagerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;

/**
 * The beans {@code guard}, {@code guardModel} and {@code ensureParent} for each {@code EntityManagerFactory} bean. They
 * are named after it: for {@code ordersEntityManagerFactory}, {@code ordersGuard} and so on.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = GuardAutoConfiguration.class,
        afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnClass({EntityManagerFactory.class, EntityManagerFactoryInfo.class})
@Import(EntityManagerFactoryRegistrar.class)
public final class GuardJpaAutoConfiguration {}

package dev.writeguard.spring.autoconfigure;

import jakarta.persistence.EntityManager;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;

/**
 * The repository door: Spring Data JPA repositories with {@link dev.writeguard.annotation.Guarded}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = GuardHibernateAutoConfiguration.class)
@ConditionalOnClass(
        value = {EntityManager.class, RepositoryFactoryBeanSupport.class},
        name = "org.hibernate.engine.spi.SessionFactoryImplementor")
public final class GuardJpaRepositoryAutoConfiguration {

    @Bean
    static JpaRepositoryPostProcessor guardRepositoryDoor(ConfigurableListableBeanFactory beans) {
        return new JpaRepositoryPostProcessor(beans);
    }
}

package dev.writeguard.spring.autoconfigure;

import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;

/**
 * The EntityManager door: what entities declare is enforced by each {@code EntityManagerFactory} that Spring builds on
 * Hibernate.
 *
 * @since 0.1
 */
@AutoConfiguration(after = GuardJpaAutoConfiguration.class)
@ConditionalOnClass({SessionFactoryImplementor.class, AbstractEntityManagerFactoryBean.class})
public final class GuardHibernateAutoConfiguration {

    @Bean
    static HibernateDoorPostProcessor guardHibernateDoor(ListableBeanFactory beans) {
        return new HibernateDoorPostProcessor(beans);
    }
}

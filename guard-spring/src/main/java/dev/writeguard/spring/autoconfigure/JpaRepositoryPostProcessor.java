package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.repository.JpaRepositoryDoor;
import jakarta.persistence.EntityManager;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.util.function.SingletonSupplier;

/** Puts the repository door around each repository that works with an EntityManager. */
final class JpaRepositoryPostProcessor implements BeanPostProcessor {

    private final ConfigurableListableBeanFactory beans;

    JpaRepositoryPostProcessor(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof RepositoryFactoryBeanSupport<?, ?, ?> repository && beans.containsBeanDefinition(name)) {
            JpaRepositories.entityManager(beans.getMergedBeanDefinition(name)).ifPresent(entityManager -> {
                var shared = SingletonSupplier.of(() -> beans.getBean(entityManager, EntityManager.class));
                repository.addRepositoryFactoryCustomizer(
                        factory -> factory.addRepositoryProxyPostProcessor(new JpaRepositoryDoor(shared)));
            });
        }
        return bean;
    }
}

package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.repository.JpaRepositoryDoor;
import jakarta.persistence.EntityManager;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.util.function.SingletonSupplier;

/** Puts the repository door around each repository that works with an EntityManager. */
final class JpaRepositoryPostProcessor implements BeanPostProcessor {

    private static final String ENTITY_MANAGER = "entityManager";

    private final ConfigurableListableBeanFactory beans;

    JpaRepositoryPostProcessor(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof RepositoryFactoryBeanSupport<?, ?, ?> repository
                && beans.containsBeanDefinition(name)
                && beans.getMergedBeanDefinition(name).getPropertyValues().get(ENTITY_MANAGER)
                        instanceof RuntimeBeanReference reference) {
            Supplier<EntityManager> entityManager =
                    SingletonSupplier.of(() -> beans.getBean(reference.getBeanName(), EntityManager.class));
            repository.addRepositoryFactoryCustomizer(
                    factory -> factory.addRepositoryProxyPostProcessor(new JpaRepositoryDoor(entityManager)));
        }
        return bean;
    }
}

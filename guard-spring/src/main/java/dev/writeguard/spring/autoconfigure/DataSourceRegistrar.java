package dev.writeguard.spring.autoconfigure;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers Guard's beans for each DataSource bean, or, beside EntityManagerFactory beans, for those that may be
 * without JPA. Which ones really are is known when they exist: {@link DataSourceDatabase}.
 */
final class DataSourceRegistrar implements ImportBeanDefinitionRegistrar {

    private final ListableBeanFactory beans;

    DataSourceRegistrar(BeanFactory beans) {
        this.beans = (ListableBeanFactory) beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        boolean withoutJpa = beans.getBeanNamesForType(GuardDatabase.class, true, false).length == 0;
        if (withoutJpa || beans.getBeanNamesForType(DataSource.class, true, false).length > 1) {
            new GuardBeans(registry, beans, List.of())
                    .registerAll(DataSource.class, DataSourceDatabase.class, withoutJpa);
        }
    }
}

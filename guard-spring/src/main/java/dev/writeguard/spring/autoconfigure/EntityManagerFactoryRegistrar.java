package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.autoconfigure.GuardBeans.Operations;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/** Registers Guard's beans for each EntityManagerFactory bean. */
final class EntityManagerFactoryRegistrar implements ImportBeanDefinitionRegistrar {

    private final ListableBeanFactory beans;

    EntityManagerFactoryRegistrar(BeanFactory beans) {
        this.beans = (ListableBeanFactory) beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        new GuardBeans(registry, beans, operations())
                .registerAll(EntityManagerFactory.class, EntityManagerFactoryDatabase.class, true);
    }

    private static List<Operations> operations() {
        return EntityManagerFactoryDatabase.HIBERNATE
                ? List.of(new Operations("EntityEnsureParent", EntityEnsureParent.class, "entityEnsureParent"))
                : List.of();
    }
}

package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.jpa.DoorDatabase;
import dev.writeguard.spring.jpa.GuardJpaDialect;
import dev.writeguard.spring.jpa.HibernateDoor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.orm.jpa.JpaVendorAdapter;

/** Puts the EntityManager door into each factory that Spring builds, hand-made ones included. */
final class HibernateDoorPostProcessor implements BeanPostProcessor {

    private final ListableBeanFactory beans;

    HibernateDoorPostProcessor(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof AbstractEntityManagerFactoryBean factory) {
            HibernateDoor.install(factory.getJpaPropertyMap(), () -> database(name));
            JpaDialect dialect = dialect(factory);
            if (dialect != null) {
                factory.setJpaDialect(new GuardJpaDialect(dialect));
            }
        }
        return bean;
    }

    /** The one set, or that of the vendor, which the factory would take. */
    private static @Nullable JpaDialect dialect(AbstractEntityManagerFactoryBean factory) {
        JpaDialect set = factory.getJpaDialect();
        JpaVendorAdapter vendor = factory.getJpaVendorAdapter();
        return set != null || vendor == null ? set : vendor.getJpaDialect();
    }

    private DoorDatabase database(String name) {
        return beans.getBeansOfType(EntityManagerFactoryDatabase.class).values().stream()
                .filter(database -> database.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Guard knows no database of the factory " + name));
    }
}

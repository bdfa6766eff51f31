package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.RuleFault;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Looks for the templates that entities name, by bean definitions alone. */
record TemplateBeans(ListableBeanFactory beans) {

    /** Why there can be no instance of a class, if so. */
    Optional<RuleFault> fault(Class<?> type) {
        List<String> names = List.of(beans.getBeanNamesForType(type, true, false));
        if (names.isEmpty()) {
            return instantiable(type)
                    ? Optional.empty()
                    : fault(
                            "the template " + type.getSimpleName()
                                    + " is no bean, and has no constructor without parameters",
                            "make it a bean, or give it such a constructor");
        }
        return names.size() == 1 || names.stream().filter(this::primary).count() == 1
                ? Optional.empty()
                : fault(
                        "there are several beans of the template " + type.getSimpleName() + ": " + names,
                        "make one of them primary");
    }

    private static Optional<RuleFault> fault(String fault, String cure) {
        return Optional.of(new RuleFault(fault, cure));
    }

    private static boolean instantiable(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && !ClassUtils.isInnerClass(type)
                && Stream.of(type.getDeclaredConstructors())
                        .anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    private boolean primary(String name) {
        return beans instanceof ConfigurableListableBeanFactory factory
                && factory.containsBeanDefinition(name)
                && definition(factory, name).isPrimary();
    }

    private static BeanDefinition definition(ConfigurableListableBeanFactory factory, String name) {
        return factory.getMergedBeanDefinition(name);
    }
}

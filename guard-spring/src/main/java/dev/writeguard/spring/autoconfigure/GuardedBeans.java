package dev.writeguard.spring.autoconfigure;

import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.rule.RuleFaults;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * Finds beans with {@link Guarded} that are no repositories, and for which nothing is done therefore. By their definitions:
 * none of them is made for that.
 */
final class GuardedBeans {

    /** Empty without Spring Data. */
    private static final Optional<Class<?>> REPOSITORY = repository("org.springframework.data.repository.Repository");

    private static final String REPOSITORY_DEFINITION = "org.springframework.data.repository.RepositoryDefinition";

    private final ConfigurableListableBeanFactory beans;

    GuardedBeans(ListableBeanFactory beans) {
        this.beans = (ConfigurableListableBeanFactory) beans;
    }

    /** Each class that has the annotation in vain. */
    Stream<RuleFaults> inVain() {
        Map<String, Set<String>> byClass = new TreeMap<>();
        for (String bean : beans.getBeanNamesForType(Object.class, true, false)) {
            if (!ScopedProxyUtils.isScopedTarget(bean)) {
                types(bean)
                        .filter(type -> !isRepository(type))
                        .flatMap(GuardedBeans::annotated)
                        .forEach(type -> byClass.computeIfAbsent(type.getName(), first -> new TreeSet<>())
                                .add("'" + bean + "'"));
            }
        }
        return byClass.entrySet().stream()
                .map(found -> RuleFaults.of(
                        "@Guarded " + ClassUtils.getShortName(found.getKey()) + " of the bean "
                                + String.join(", ", found.getValue()),
                        "it is no repository, and nothing is done for its methods",
                        "put @Guarded on the Spring Data JPA repositories that it calls, and take it away here"));
    }

    /** Behind the proxy of an interface, too. */
    private Stream<Class<?>> types(String bean) {
        return Stream.concat(
                Stream.ofNullable(beans.getType(bean, false)),
                beans.containsBeanDefinition(bean)
                        ? Stream.ofNullable(beans.getMergedBeanDefinition(bean)
                                        .getAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE))
                                .map(original -> (Class<?>) original)
                        : Stream.empty());
    }

    /** The class itself, or what it has the annotation from. */
    private static Stream<Class<?>> annotated(Class<?> type) {
        return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).stream(Guarded.class)
                .map(annotation -> annotation.getRoot().getSource())
                .filter(Class.class::isInstance)
                .map(source -> (Class<?>) Objects.requireNonNull(source));
    }

    /** Or stands in for one, such as a cache in front of it, or its mock, which has its annotations. */
    private static boolean isRepository(Class<?> type) {
        return REPOSITORY
                        .filter(repository -> repository.isAssignableFrom(type))
                        .isPresent()
                || MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).isPresent(REPOSITORY_DEFINITION);
    }

    private static Optional<Class<?>> repository(String name) {
        ClassLoader loader = GuardedBeans.class.getClassLoader();
        return ClassUtils.isPresent(name, loader)
                ? Optional.of(ClassUtils.resolveClassName(name, loader))
                : Optional.empty();
    }
}

package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.jpa.EntityDeclaration;
import dev.writeguard.spring.repository.NamedTexts;
import dev.writeguard.spring.repository.RepositoryAnnotations;
import dev.writeguard.spring.repository.RepositoryStatements;
import dev.writeguard.spring.rule.OwnStatement;
import dev.writeguard.spring.rule.StatementText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractAutowireCapableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionValueResolver;
import org.springframework.data.repository.core.NamedQueries;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/** The Spring Data JPA repositories of a context, by their definitions: none of them is made for that. */
final class JpaRepositories {

    private static final String ENTITY_MANAGER = "entityManager";
    private static final String SHARED = "jpaSharedEM_";
    private static final String NAMED_QUERIES = "namedQueries";

    private final ConfigurableListableBeanFactory beans;

    JpaRepositories(ListableBeanFactory beans) {
        this.beans = (ConfigurableListableBeanFactory) beans;
    }

    /** What those declare that work with the EntityManager of that factory. */
    List<EntityDeclaration> declarations(String entityManagerFactory) {
        return repositories(entityManagerFactory)
                .flatMap(type -> RepositoryAnnotations.of(type).stream())
                .toList();
    }

    /** The entities that have a guarded one among them, by their names. */
    Set<String> guardedEntities(String entityManagerFactory) {
        return repositories(entityManagerFactory)
                .flatMap(RepositoryStatements::guardedEntities)
                .collect(Collectors.toSet());
    }

    /**
     * The statements that the methods of the guarded ones among them have of their own.
     *
     * @param ofFactory the named queries of that factory
     */
    List<OwnStatement> statements(String entityManagerFactory, NamedTexts ofFactory) {
        return definitions(entityManagerFactory)
                .flatMap(repository -> repositoryInterface(repository).stream()
                        .flatMap(type -> RepositoryStatements.of(type, named(repository, ofFactory)).stream()))
                .toList();
    }

    /** As Spring Data does it: those of the repository's properties first. */
    private NamedTexts named(BeanDefinition repository, NamedTexts ofFactory) {
        Supplier<Optional<NamedQueries>> queries = SingletonSupplier.of(() -> namedQueries(repository));
        return (name, sql) -> queries.get()
                .filter(ofRepository -> ofRepository.hasQuery(name))
                .map(ofRepository -> new StatementText(ofRepository.getQuery(name), sql))
                .or(() -> ofFactory.find(name, sql));
    }

    private Optional<NamedQueries> namedQueries(BeanDefinition repository) {
        var values =
                new BeanDefinitionValueResolver((AbstractAutowireCapableBeanFactory) beans, NAMED_QUERIES, repository);
        Object queries = values.resolveValueIfNecessary(
                NAMED_QUERIES, repository.getPropertyValues().get(NAMED_QUERIES));
        return queries instanceof NamedQueries found ? Optional.of(found) : Optional.empty();
    }

    private Stream<Class<?>> repositories(String entityManagerFactory) {
        return definitions(entityManagerFactory).flatMap(repository -> repositoryInterface(repository).stream());
    }

    private Stream<BeanDefinition> definitions(String entityManagerFactory) {
        return Stream.of(beans.getBeanNamesForType(RepositoryFactoryBeanSupport.class, true, false))
                .map(name -> name.substring(1))
                .filter(beans::containsBeanDefinition)
                .map(beans::getMergedBeanDefinition)
                .filter(repository -> worksWith(repository, entityManagerFactory));
    }

    /** The EntityManager of a repository; empty for one of another kind. */
    static Optional<String> entityManager(BeanDefinition repository) {
        return repository.getPropertyValues().get(ENTITY_MANAGER) instanceof RuntimeBeanReference reference
                ? Optional.of(reference.getBeanName())
                : Optional.empty();
    }

    private boolean worksWith(BeanDefinition repository, String entityManagerFactory) {
        return entityManager(repository)
                .filter(name -> name.equals(SHARED + entityManagerFactory) || isOf(name, entityManagerFactory))
                .isPresent();
    }

    private boolean isOf(String entityManager, String entityManagerFactory) {
        if (!beans.containsBeanDefinition(entityManager)) {
            return false;
        }
        ValueHolder factory = beans.getMergedBeanDefinition(entityManager)
                .getConstructorArgumentValues()
                .getArgumentValue(0, Object.class);
        return factory != null
                && factory.getValue() instanceof RuntimeBeanReference reference
                && reference.getBeanName().equals(entityManagerFactory);
    }

    private Optional<Class<?>> repositoryInterface(BeanDefinition repository) {
        ValueHolder type = repository.getConstructorArgumentValues().getArgumentValue(0, Object.class);
        Object value = type == null ? null : type.getValue();
        if (value instanceof Class<?> given) {
            return Optional.of(given);
        }
        return value instanceof String name
                ? Optional.of(ClassUtils.resolveClassName(name, beans.getBeanClassLoader()))
                : Optional.empty();
    }
}

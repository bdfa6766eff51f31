package dev.writeguard.spring.repository;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.jpa.EntityDeclaration;
import dev.writeguard.spring.jpa.RepositoryCall;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.data.repository.core.support.AbstractRepositoryMetadata;
import org.springframework.data.repository.query.Param;

/** Reads what a repository and its methods declare. */
public final class RepositoryAnnotations {

    private RepositoryAnnotations() {}

    /** All that it declares, its methods included. */
    public static List<EntityDeclaration> of(Class<?> repository) {
        Class<?> entity = AbstractRepositoryMetadata.getMetadata(repository).getDomainType();
        return Stream.concat(
                        declarations(repository).map(declared -> EntityDeclaration.on(repository, entity, declared)),
                        Stream.of(repository.getMethods())
                                .flatMap(method -> declarations(method)
                                        .map(declared -> EntityDeclaration.on(
                                                new RepositoryCall(repository, method),
                                                entity,
                                                declared,
                                                parameter(method, declared.key())))))
                .toList();
    }

    static Set<Method> declaringMethods(Class<?> repository) {
        return Stream.of(repository.getMethods())
                .filter(method -> declarations(method).findAny().isPresent())
                .collect(Collectors.toSet());
    }

    private static Stream<EnsuredParent> declarations(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).stream(EnsuredParent.class)
                .map(annotation -> annotation.synthesize());
    }

    private static int parameter(Method method, String name) {
        var names = new DefaultParameterNameDiscoverer();
        for (int i = 0; i < method.getParameterCount(); i++) {
            MethodParameter parameter = new MethodParameter(method, i);
            parameter.initParameterNameDiscovery(names);
            Param named = parameter.getParameterAnnotation(Param.class);
            if (name.equals(named == null ? parameter.getParameterName() : named.value())) {
                return i;
            }
        }
        return -1;
    }
}

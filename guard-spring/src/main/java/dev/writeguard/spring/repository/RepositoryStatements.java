package dev.writeguard.spring.repository;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.rule.OwnStatement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** The statements that a guarded repository's methods have of their own, without saying which parent they need. */
public final class RepositoryStatements {

    private static final String QUERY = "org.springframework.data.jpa.repository.Query";

    private RepositoryStatements() {}

    /** Those of a repository; none for one without {@link Guarded}. */
    public static List<OwnStatement> of(Class<?> repository) {
        return AnnotatedElementUtils.hasAnnotation(repository, Guarded.class)
                ? Stream.of(repository.getMethods())
                        .flatMap(method -> of(repository, method))
                        .toList()
                : List.of();
    }

    private static Stream<OwnStatement> of(Class<?> repository, Method method) {
        MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
        MergedAnnotation<?> query = annotations.get(QUERY);
        if (!query.isPresent() || annotations.isPresent(EnsuredParent.class)) {
            return Stream.empty();
        }
        return Stream.of(new OwnStatement(
                repository.getSimpleName() + "." + method.getName(),
                query.getString("value"),
                query.getBoolean("nativeQuery")));
    }
}

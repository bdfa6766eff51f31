package dev.writeguard.spring.repository;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.rule.OwnStatement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.data.repository.core.support.AbstractRepositoryMetadata;

/** The statements that a guarded repository's methods have of their own, without saying which parent they need. */
public final class RepositoryStatements {

    private static final String QUERY = "org.springframework.data.jpa.repository.Query";

    /** Spring Data's own expression for the entity of the repository. */
    private static final Pattern ENTITY_NAME = Pattern.compile("#\\{\\s*#entityName\\s*}");

    private RepositoryStatements() {}

    private static String entity(Class<?> repository) {
        return EntityNames.of(AbstractRepositoryMetadata.getMetadata(repository).getDomainType());
    }

    /** The entities that such repositories write, those that these inherit from included, by their names. */
    public static Stream<String> guardedEntities(Class<?> repository) {
        return AnnotatedElementUtils.hasAnnotation(repository, Guarded.class)
                ? EntityNames.inherited(
                        AbstractRepositoryMetadata.getMetadata(repository).getDomainType())
                : Stream.empty();
    }

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
                ENTITY_NAME.matcher(query.getString("value")).replaceAll(Matcher.quoteReplacement(entity(repository))),
                query.getBoolean("nativeQuery")));
    }
}

package dev.writeguard.spring.repository;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.rule.OwnStatement;
import dev.writeguard.spring.rule.StatementText;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.core.support.AbstractRepositoryMetadata;

/** The statements that a guarded repository's methods have of their own, with the parents that they say they need. */
public final class RepositoryStatements {

    private static final String SPRING_DATA = "org.springframework.data.";
    private static final String QUERY = "org.springframework.data.jpa.repository.Query";

    /** Spring Data's own expression for the entity of the repository. */
    private static final Pattern ENTITY_NAME = Pattern.compile("#\\{\\s*#entityName\\s*}");

    private final Class<?> repository;
    private final RepositoryMetadata metadata;
    private final NamedTexts named;

    private RepositoryStatements(Class<?> repository, NamedTexts named) {
        this.repository = repository;
        this.metadata = AbstractRepositoryMetadata.getMetadata(repository);
        this.named = named;
    }

    /** The entities that such repositories write, those that these inherit from included, by their names. */
    public static Stream<String> guardedEntities(Class<?> repository) {
        return AnnotatedElementUtils.hasAnnotation(repository, Guarded.class)
                ? EntityNames.inherited(
                        AbstractRepositoryMetadata.getMetadata(repository).getDomainType())
                : Stream.empty();
    }

    /**
     * Those of a repository; none for one without {@link Guarded}.
     *
     * @param named finds what a method has by a name alone
     */
    public static List<OwnStatement> of(Class<?> repository, NamedTexts named) {
        return AnnotatedElementUtils.hasAnnotation(repository, Guarded.class)
                ? new RepositoryStatements(repository, named).all()
                : List.of();
    }

    private List<OwnStatement> all() {
        return Stream.of(repository.getMethods())
                .filter(RepositoryStatements::isOfTheApplication)
                .flatMap(method -> of(method).stream())
                .toList();
    }

    /** What Spring Data declares itself is implemented by it, and never a query. */
    private static boolean isOfTheApplication(Method method) {
        return Modifier.isAbstract(method.getModifiers())
                && !method.getDeclaringClass().getPackageName().startsWith(SPRING_DATA);
    }

    private Optional<OwnStatement> of(Method method) {
        MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
        return text(method, annotations.get(QUERY))
                .map(found -> new OwnStatement(
                        repository.getSimpleName() + "." + method.getName(),
                        ENTITY_NAME.matcher(found.text()).replaceAll(Matcher.quoteReplacement(entity())),
                        found.sql(),
                        ensured(annotations)));
    }

    /** The entity that declares an attribute may be one that the repository's entity inherits from. */
    private Set<String> ensured(MergedAnnotations annotations) {
        return annotations.stream(EnsuredParent.class)
                .map(declared -> declared.getString("attribute"))
                .flatMap(attribute ->
                        EntityNames.inherited(metadata.getDomainType()).map(entity -> entity + "." + attribute))
                .collect(Collectors.toSet());
    }

    /** What the annotation says, else what is found by the name that it gives, or by that of the method. */
    private Optional<StatementText> text(Method method, MergedAnnotation<?> query) {
        String text = query.getValue("value", String.class).orElse("");
        boolean sql = query.getValue("nativeQuery", Boolean.class).orElse(false);
        String name = query.getValue("name", String.class).orElse("");
        return text.isBlank()
                ? named.find(name.isBlank() ? nameOf(method) : name, sql)
                : Optional.of(new StatementText(text, sql));
    }

    private String nameOf(Method method) {
        Class<?> entity = metadata.getDomainType();
        Class<?> returned = metadata.getReturnedDomainClass(method);
        return (entity.isAssignableFrom(returned) ? returned : entity).getSimpleName() + "." + method.getName();
    }

    private String entity() {
        return EntityNames.of(metadata.getDomainType());
    }
}

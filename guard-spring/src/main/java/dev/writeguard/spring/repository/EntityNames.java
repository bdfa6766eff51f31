package dev.writeguard.spring.repository;

import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.StringUtils;

/** What entities are called in queries and rules. */
final class EntityNames {

    private static final String ENTITY = "jakarta.persistence.Entity";

    private EntityNames() {}

    /** The name that the annotation gives, else that of the class, with the classes around it as Hibernate has them. */
    static String of(Class<?> entity) {
        MergedAnnotation<?> annotation = MergedAnnotations.from(entity).get(ENTITY);
        String given = annotation.isPresent() ? annotation.getString("name") : "";
        return given.isEmpty() ? StringUtils.unqualify(entity.getName()) : given;
    }

    /** The same of an entity and of those that it inherits from. */
    static Stream<String> inherited(Class<?> entity) {
        return Stream.<Class<?>>iterate(entity, Objects::nonNull, Class::getSuperclass)
                .map(EntityNames::of);
    }
}

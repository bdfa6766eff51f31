package dev.writeguard.spring.autoconfigure;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.IdentifiableType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What queries call the entities of a factory. */
final class EntityManagerFactoryNames {

    private EntityManagerFactoryNames() {}

    /** By their names and by those of their classes: the name of each, followed by those that it inherits from. */
    static Map<String, List<String>> of(EntityManagerFactory factory) {
        Map<String, List<String>> names = new HashMap<>();
        for (EntityType<?> entity : factory.getMetamodel().getEntities()) {
            List<String> inherited = inherited(entity);
            names.put(entity.getName(), inherited);
            if (entity.getJavaType() != null) {
                names.put(entity.getJavaType().getName(), inherited);
            }
        }
        return names;
    }

    private static List<String> inherited(EntityType<?> entity) {
        return Stream.<IdentifiableType<?>>iterate(entity, Objects::nonNull, IdentifiableType::getSupertype)
                .filter(EntityType.class::isInstance)
                .map(type -> ((EntityType<?>) type).getName())
                .toList();
    }
}

package dev.writeguard.spring.jpa;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The natural id of an instance, as a value that can be compared. */
final class NaturalKey {

    private NaturalKey() {}

    /** Null if there is none, or some of it is missing, so that nobody else can have it. */
    static @Nullable Object of(EntityPersister persister, Object instance) {
        NaturalIdMapping mapping = persister.getNaturalIdMapping();
        Object value = mapping == null ? null : mapping.extractNaturalIdFromEntity(instance);
        if (value instanceof Object[] parts) {
            return Stream.of(parts).allMatch(Objects::nonNull) ? List.of(parts) : null;
        }
        return value;
    }
}

package dev.writeguard.spring.jpa;

import jakarta.persistence.GeneratedValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.hibernate.annotations.IdGeneratorType;
import org.hibernate.annotations.ValueGenerationType;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.CompositeIdentifierMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;

/** Whether code gives a new instance its id, and not a generator. */
final class AssignedIds {

    private AssignedIds() {}

    /** An id of several parts always has a generator; it generates those parts that ask for it. */
    static boolean of(EntityPersister entity) {
        EntityIdentifierMapping id = entity.getIdentifierMapping();
        return !entity.getGenerator().generatesOnInsert()
                || (id instanceof CompositeIdentifierMapping several && !generated(parts(several)));
    }

    private static EmbeddableMappingType parts(CompositeIdentifierMapping id) {
        return id instanceof NonAggregatedIdentifierMapping several
                ? several.getVirtualIdEmbeddable()
                : id.getEmbeddableTypeDescriptor();
    }

    private static boolean generated(EmbeddableMappingType parts) {
        var generated = new AtomicBoolean();
        parts.forEachAttributeMapping(part -> generated.compareAndSet(false, generated(part)));
        return generated.get();
    }

    private static boolean generated(AttributeMapping part) {
        Member member = part.getPropertyAccess().getGetter().getMember();
        return member instanceof AnnotatedElement element
                && Stream.of(element.getAnnotations())
                        .map(Annotation::annotationType)
                        .anyMatch(type -> type == GeneratedValue.class
                                || type.isAnnotationPresent(IdGeneratorType.class)
                                || type.isAnnotationPresent(ValueGenerationType.class));
    }
}

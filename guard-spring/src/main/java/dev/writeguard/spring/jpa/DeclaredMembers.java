package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Finds the annotation on the fields and methods of classes. */
final class DeclaredMembers {

    private DeclaredMembers() {}

    /** On the member through which Hibernate reads, and on its other half: a field has a getter, a getter a field. */
    static List<Member> of(AttributeMapping attribute) {
        Member member = attribute.getPropertyAccess().getGetter().getMember();
        return member == null
                ? List.of()
                : annotated(member.getDeclaringClass())
                        .filter(candidate -> belongs(candidate, attribute.getAttributeName()))
                        .toList();
    }

    /** All that a class has itself or inherits. */
    static Stream<Member> of(Class<?> type) {
        Stream<Class<?>> classes = Stream.iterate(type, Objects::nonNull, Class::getSuperclass);
        return Stream.concat(classes, ClassUtils.getAllInterfacesForClassAsSet(type).stream())
                .flatMap(DeclaredMembers::annotated);
    }

    static EnsuredParent declaration(Member member) {
        return Objects.requireNonNull(annotation(member));
    }

    private static Stream<Member> annotated(Class<?> type) {
        return Stream.<Member>concat(
                        Stream.of(type.getDeclaredFields()),
                        Stream.of(type.getDeclaredMethods()).filter(method -> !method.isBridge()))
                .filter(member -> annotation(member) != null);
    }

    private static @Nullable EnsuredParent annotation(Member member) {
        return ((AnnotatedElement) member).getAnnotation(EnsuredParent.class);
    }

    private static boolean belongs(Member member, String attribute) {
        return member instanceof Field ? member.getName().equals(attribute) : isGetter((Method) member, attribute);
    }

    private static boolean isGetter(Method method, String attribute) {
        String name = method.getName();
        String capitalised = Character.toUpperCase(attribute.charAt(0)) + attribute.substring(1);
        return method.getParameterCount() == 0
                && (name.equals("get" + capitalised) || name.equals("is" + capitalised) || name.equals(attribute));
    }
}

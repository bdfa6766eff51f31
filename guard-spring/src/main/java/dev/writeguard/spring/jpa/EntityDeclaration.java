package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EnsuredParent} that is not on the entity itself: on a repository, on one of its methods, or in code.
 *
 * @param where which one, for a sentence: {@code MessageRepository.insert}
 * @param entity whose attribute it names
 * @param call the method that it is on; null for one that holds for all writes
 * @param parameter the position of the parameter that it names as key; -1 if there is none
 */
public record EntityDeclaration(
        String where,
        Class<?> entity,
        EnsuredParent declaration,
        @Nullable RepositoryCall call,
        int parameter) {

    /** One on a repository. */
    public static EntityDeclaration on(Class<?> repository, Class<?> entity, EnsuredParent declaration) {
        return new EntityDeclaration(repository.getSimpleName(), entity, declaration, null, -1);
    }

    /** One on a method of a repository. */
    public static EntityDeclaration on(RepositoryCall call, Class<?> entity, EnsuredParent declaration, int parameter) {
        String where = call.repository().getSimpleName() + "." + call.method().getName();
        return new EntityDeclaration(where, entity, declaration, call, parameter);
    }

    /** One in code. */
    public static EntityDeclaration inCode(Class<?> entity, EnsuredParent declaration) {
        String where = entity.getSimpleName() + "." + declaration.attribute() + ", in code";
        return new EntityDeclaration(where, entity, declaration, null, -1);
    }

    /** Of which calls alone it speaks, for a sentence; empty for all writes. */
    String method() {
        return call == null ? "" : where;
    }
}

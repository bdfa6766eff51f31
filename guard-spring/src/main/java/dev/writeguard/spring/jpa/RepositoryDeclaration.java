package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EnsuredParent} on a repository, or on one of its methods.
 *
 * @param repository the interface
 * @param entity what it is a repository of
 * @param method where the annotation is; null for one on the interface
 * @param parameter the position of the parameter that the annotation names as key; -1 if there is none
 */
public record RepositoryDeclaration(
        Class<?> repository, Class<?> entity, @Nullable Method method, int parameter, EnsuredParent declaration) {

    /** Which one, for a sentence: {@code MessageRepository.insert}. */
    String where() {
        return repository.getSimpleName() + (method == null ? "" : "." + method.getName());
    }
}

package dev.writeguard.spring.jpa;

import java.lang.reflect.Method;

/**
 * A method as one repository has it: several may inherit it, for different entities.
 *
 * @param repository the interface that is called
 */
public record RepositoryCall(Class<?> repository, Method method) {}

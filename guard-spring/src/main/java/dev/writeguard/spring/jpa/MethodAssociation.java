package dev.writeguard.spring.jpa;

/**
 * An association whose parent one method of a repository ensures.
 *
 * @param parameter the position of the parameter that has the parent's id
 */
record MethodAssociation(EnsuredAssociation association, int parameter) {}

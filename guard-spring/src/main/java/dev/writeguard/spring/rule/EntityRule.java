package dev.writeguard.spring.rule;

import dev.writeguard.annotation.EnsuredParent;

/**
 * An {@link EnsuredParent} that code declares.
 *
 * @param entity whose attribute it names
 */
public record EntityRule(Class<?> entity, EnsuredParent declaration) {}

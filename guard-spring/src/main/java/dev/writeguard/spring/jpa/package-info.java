/**
 * The EntityManager door: rules of entities, enforced where Hibernate writes them.
 *
 * <p>What stands on Hibernate's internal and incubating types is in this package alone.
 */
@NullMarked
package dev.writeguard.spring.jpa;

import org.jspecify.annotations.NullMarked;

/** Hibernate's own sessions, those without a context among them. */
@NullMarked
package dev.writeguard.spring.stateless;

import org.jspecify.annotations.NullMarked;

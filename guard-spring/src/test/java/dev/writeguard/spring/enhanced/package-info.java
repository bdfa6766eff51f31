/** Entities whose bytecode Hibernate's Maven plugin has enhanced. */
@NullMarked
package dev.writeguard.spring.enhanced;

import org.jspecify.annotations.NullMarked;

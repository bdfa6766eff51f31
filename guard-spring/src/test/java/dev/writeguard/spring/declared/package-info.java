/** How {@code @EnsuredParent} is declared, and what is refused. */
@NullMarked
package dev.writeguard.spring.declared;

import org.jspecify.annotations.NullMarked;

/** Entities with subclasses and named queries, and the statements that repositories have of them. */
@NullMarked
package dev.writeguard.spring.ownstatements;

import org.jspecify.annotations.NullMarked;

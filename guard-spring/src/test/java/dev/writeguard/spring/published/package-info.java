/** Entities that publish events when they are saved. */
@NullMarked
package dev.writeguard.spring.published;

import org.jspecify.annotations.NullMarked;

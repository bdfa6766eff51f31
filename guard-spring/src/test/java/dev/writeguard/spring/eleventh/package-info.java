/** Entities with one declaration, and one more path in each way of writing them. */
@NullMarked
package dev.writeguard.spring.eleventh;

import org.jspecify.annotations.NullMarked;

/** A parent with an {@code @IdClass}, which SQL of the application's own refers to. */
@NullMarked
package dev.writeguard.spring.idclass;

import org.jspecify.annotations.NullMarked;

/** Parents that are known by a natural id, and refer to others that would be written with them. */
@NullMarked
package dev.writeguard.spring.targets;

import org.jspecify.annotations.NullMarked;

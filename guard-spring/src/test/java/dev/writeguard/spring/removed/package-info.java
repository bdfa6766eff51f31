/** Parents that are removed by a reference. */
@NullMarked
package dev.writeguard.spring.removed;

import org.jspecify.annotations.NullMarked;

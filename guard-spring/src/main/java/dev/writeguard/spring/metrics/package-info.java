/** Guard's meters. */
@NullMarked
package dev.writeguard.spring.metrics;

import org.jspecify.annotations.NullMarked;

/** Parents that are written into by each child. */
@NullMarked
package dev.writeguard.spring.touched;

import org.jspecify.annotations.NullMarked;

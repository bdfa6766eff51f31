/** New instances that refer to each other in a circle, or to themselves. */
@NullMarked
package dev.writeguard.spring.circled;

import org.jspecify.annotations.NullMarked;

/** An application whose entities declare ensured parents. */
@NullMarked
package dev.writeguard.spring.door;

import org.jspecify.annotations.NullMarked;

/** Several parents of one write. */
@NullMarked
package dev.writeguard.spring.several;

import org.jspecify.annotations.NullMarked;

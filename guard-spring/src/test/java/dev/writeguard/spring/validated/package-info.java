/** Parents that Bean Validation looks at. */
@NullMarked
package dev.writeguard.spring.validated;

import org.jspecify.annotations.NullMarked;

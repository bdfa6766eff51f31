/** Parents of another class than the association's. */
@NullMarked
package dev.writeguard.spring.wrongclass;

import org.jspecify.annotations.NullMarked;

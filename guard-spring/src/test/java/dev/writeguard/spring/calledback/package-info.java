/** Parents whose callbacks fail. */
@NullMarked
package dev.writeguard.spring.calledback;

import org.jspecify.annotations.NullMarked;

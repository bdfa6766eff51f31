/** Parents that were there before, whose callbacks and templates have a say. */
@NullMarked
package dev.writeguard.spring.seen;

import org.jspecify.annotations.NullMarked;

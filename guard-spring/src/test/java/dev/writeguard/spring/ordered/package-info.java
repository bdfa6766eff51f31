/** Children of several parents, and the order in which those are locked. */
@NullMarked
package dev.writeguard.spring.ordered;

import org.jspecify.annotations.NullMarked;

/** Parents with every feature of a mapping, to compare what {@code persist} and what the door stores. */
@NullMarked
package dev.writeguard.spring.alike;

import org.jspecify.annotations.NullMarked;

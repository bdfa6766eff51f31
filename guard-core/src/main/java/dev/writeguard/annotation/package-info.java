/** How rules are declared on entities; a jar of entities needs nothing else of Guard. */
@NullMarked
package dev.writeguard.annotation;

import org.jspecify.annotations.NullMarked;

/** Messages as values, and the one executor that sends them. */
@NullMarked
package dev.writeguard.plan;

import org.jspecify.annotations.NullMarked;

/**
 * The races of {@link dev.writeguard.ensure.EnsureParent}, stepped one statement at a time at every isolation level, each
 * beside the hand-written protocols that lose it.
 */
@NullMarked
package dev.writeguard.ensure.race;

import org.jspecify.annotations.NullMarked;

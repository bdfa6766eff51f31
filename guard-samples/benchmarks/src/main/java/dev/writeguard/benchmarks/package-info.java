/** What a guarded write costs beside the hand-written one, measured on one connection in shuffled order. */
@NullMarked
package dev.writeguard.benchmarks;

import org.jspecify.annotations.NullMarked;

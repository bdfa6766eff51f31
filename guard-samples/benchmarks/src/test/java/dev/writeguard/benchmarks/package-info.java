/** The benchmarks do what their variants say. */
@NullMarked
package dev.writeguard.benchmarks;

import org.jspecify.annotations.NullMarked;

/** The applications that write through JPA: one with Guard, one without, both on the same connection. */
@NullMarked
package dev.writeguard.benchmarks.jpa;

import org.jspecify.annotations.NullMarked;

/** What is easily overlooked: retries, refusals and deletes in the middle of other work. */
@NullMarked
package dev.writeguard.spring.edges;

import org.jspecify.annotations.NullMarked;

/** Repositories that declare what cannot be. */
@NullMarked
package dev.writeguard.spring.faulty;

import org.jspecify.annotations.NullMarked;

/** Repositories with statements of their own. */
@NullMarked
package dev.writeguard.spring.unguarded;

import org.jspecify.annotations.NullMarked;

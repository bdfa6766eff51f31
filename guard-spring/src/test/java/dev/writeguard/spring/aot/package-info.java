/** Repositories whose code is generated ahead of time. */
@NullMarked
package dev.writeguard.spring.aot;

import org.jspecify.annotations.NullMarked;

/** The same write paths with Guard, each with the same means of writing. */
@NullMarked
package dev.writeguard.lab.chat.guarded;

import org.jspecify.annotations.NullMarked;

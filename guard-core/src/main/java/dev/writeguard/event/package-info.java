/** What Guard reports while it works. */
@NullMarked
package dev.writeguard.event;

import org.jspecify.annotations.NullMarked;

/** What Guard throws, and what every failure can say of itself. */
@NullMarked
package dev.writeguard.violation;

import org.jspecify.annotations.NullMarked;

/** Parents that are deleted softly. */
@NullMarked
package dev.writeguard.spring.softened;

import org.jspecify.annotations.NullMarked;

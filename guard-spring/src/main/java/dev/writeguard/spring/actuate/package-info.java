/** What the actuator tells of Guard. */
@NullMarked
package dev.writeguard.spring.actuate;

import org.jspecify.annotations.NullMarked;

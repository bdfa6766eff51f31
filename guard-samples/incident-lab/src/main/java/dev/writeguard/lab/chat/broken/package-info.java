/** The ten write paths as they were found. */
@NullMarked
package dev.writeguard.lab.chat.broken;

import org.jspecify.annotations.NullMarked;

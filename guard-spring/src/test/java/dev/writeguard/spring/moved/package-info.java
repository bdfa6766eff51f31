/** Children that get a parent at the flush: managed ones that are moved, and new ones that a cascade brings. */
@NullMarked
package dev.writeguard.spring.moved;

import org.jspecify.annotations.NullMarked;

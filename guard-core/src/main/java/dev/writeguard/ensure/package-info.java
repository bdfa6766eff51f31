/** The race-free upsert of a parent, alone or together with its children. */
@NullMarked
package dev.writeguard.ensure;

import org.jspecify.annotations.NullMarked;

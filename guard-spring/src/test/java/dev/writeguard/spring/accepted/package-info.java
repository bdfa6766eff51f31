/** Parents that have to be in a state, are filled by a template, or have no foreign key; and what a write may end with. */
@NullMarked
package dev.writeguard.spring.accepted;

import org.jspecify.annotations.NullMarked;

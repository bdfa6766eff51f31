/** Parents that code ensures by themselves, before they have a child. */
@NullMarked
package dev.writeguard.spring.given;

import org.jspecify.annotations.NullMarked;

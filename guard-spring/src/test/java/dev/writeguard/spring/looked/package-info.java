/** Parents that are looked for before they are created. */
@NullMarked
package dev.writeguard.spring.looked;

import org.jspecify.annotations.NullMarked;

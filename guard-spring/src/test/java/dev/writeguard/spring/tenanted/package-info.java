/** Parents of several tenants. */
@NullMarked
package dev.writeguard.spring.tenanted;

import org.jspecify.annotations.NullMarked;

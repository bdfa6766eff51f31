/** Parents that Hibernate keeps in its second-level cache. */
@NullMarked
package dev.writeguard.spring.cached;

import org.jspecify.annotations.NullMarked;

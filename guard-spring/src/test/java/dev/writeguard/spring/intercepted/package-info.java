/** Parents that an interceptor of Hibernate changes before they are written. */
@NullMarked
package dev.writeguard.spring.intercepted;

import org.jspecify.annotations.NullMarked;

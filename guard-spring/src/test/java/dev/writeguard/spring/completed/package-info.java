/** Parents whose id only Hibernate can tell, while it persists them. */
@NullMarked
package dev.writeguard.spring.completed;

import org.jspecify.annotations.NullMarked;

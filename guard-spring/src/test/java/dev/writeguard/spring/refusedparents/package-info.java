/** Parents whose INSERT Guard cannot write as Hibernate would. */
@NullMarked
package dev.writeguard.spring.refusedparents;

import org.jspecify.annotations.NullMarked;

/** A guarded repository in Boot's slice for JPA. */
@NullMarked
package dev.writeguard.spring.sliced;

import org.jspecify.annotations.NullMarked;

/** Children whose callbacks set their parents while Hibernate executes what it has queued, in batches. */
@NullMarked
package dev.writeguard.spring.queued;

import org.jspecify.annotations.NullMarked;

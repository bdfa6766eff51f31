/** What Guard reports, as application events. */
@NullMarked
package dev.writeguard.spring.event;

import org.jspecify.annotations.NullMarked;

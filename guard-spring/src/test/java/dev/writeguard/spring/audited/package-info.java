/** Parents whose changes Envers records. */
@NullMarked
package dev.writeguard.spring.audited;

import org.jspecify.annotations.NullMarked;

/** Where Guard's operations get the connection of the current transaction. */
@NullMarked
package dev.writeguard.spring.connection;

import org.jspecify.annotations.NullMarked;

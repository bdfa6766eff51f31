/** Guard's failures as Spring's exceptions, so that existing catch blocks keep working. */
@NullMarked
package dev.writeguard.spring.violation;

import org.jspecify.annotations.NullMarked;

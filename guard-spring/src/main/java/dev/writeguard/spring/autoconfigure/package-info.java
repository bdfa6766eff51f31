/** Guard's auto-configuration for Spring Boot. */
@NullMarked
package dev.writeguard.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;

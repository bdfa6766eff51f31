/** The rules of an application: how they are declared, compiled and switched. */
@NullMarked
package dev.writeguard.spring.rule;

import org.jspecify.annotations.NullMarked;

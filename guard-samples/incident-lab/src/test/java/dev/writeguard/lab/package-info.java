@NullMarked
package dev.writeguard.lab;

import org.jspecify.annotations.NullMarked;

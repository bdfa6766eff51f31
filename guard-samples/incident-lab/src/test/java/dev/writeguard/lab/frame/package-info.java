@NullMarked
package dev.writeguard.lab.frame;

import org.jspecify.annotations.NullMarked;

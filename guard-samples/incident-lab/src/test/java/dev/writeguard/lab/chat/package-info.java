@NullMarked
package dev.writeguard.lab.chat;

import org.jspecify.annotations.NullMarked;

/** Incident 3: a chat that writes messages in ten places, and each of them has its own idea of the conversation. */
@NullMarked
package dev.writeguard.lab.chat;

import org.jspecify.annotations.NullMarked;

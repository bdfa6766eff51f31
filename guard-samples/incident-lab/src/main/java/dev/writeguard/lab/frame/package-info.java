/** What every incident's card needs: a crowd of workers, what they sent, what became of it, and the code shown. */
@NullMarked
package dev.writeguard.lab.frame;

import org.jspecify.annotations.NullMarked;

/** Guard for one database: its schema graph, its listeners, and the operations that stand on them. */
@NullMarked
package dev.writeguard;

import org.jspecify.annotations.NullMarked;

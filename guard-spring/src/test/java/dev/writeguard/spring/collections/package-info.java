/** Collections whose rows refer to parents: by join tables, and by columns of their elements. */
@NullMarked
package dev.writeguard.spring.collections;

import org.jspecify.annotations.NullMarked;

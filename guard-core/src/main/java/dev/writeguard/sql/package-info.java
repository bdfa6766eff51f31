/** Typed SQL: names that are always quoted, values that are always parameters, statements composed only of the two. */
@NullMarked
package dev.writeguard.sql;

import org.jspecify.annotations.NullMarked;

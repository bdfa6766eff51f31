/** What the database itself says about its tables and constraints: an immutable graph read from {@code pg_catalog}. */
@NullMarked
package dev.writeguard.schema;

import org.jspecify.annotations.NullMarked;

/** Declared rules and the rows they speak of, as values checked against a {@link dev.writeguard.schema.SchemaGraph}. */
@NullMarked
package dev.writeguard.rule;

import org.jspecify.annotations.NullMarked;

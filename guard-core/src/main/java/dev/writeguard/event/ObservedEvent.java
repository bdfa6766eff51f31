package dev.writeguard.event;

import dev.writeguard.sql.TableName;

/**
 * What Guard would have done, had its mode been {@code ENFORCE}.
 *
 * @param operation the verb that was not carried out
 * @param table the parent's table
 * @param rows how many parents it would have ensured
 * @since 0.1
 */
public record ObservedEvent(String operation, TableName table, int rows) {}

package dev.writeguard.sql;

import java.io.Serializable;

/**
 * A table's name with its schema.
 *
 * @since 0.1
 */
public record TableName(Identifier schema, Identifier table) implements SqlPart, Serializable {

    public static TableName of(String schema, String table) {
        return new TableName(new Identifier(schema), new Identifier(table));
    }

    /** Schema and table, each quoted. */
    @Override
    public String text() {
        return schema.text() + "." + table.text();
    }

    /** {@code schema.table}, unquoted: for people, never for a statement. */
    @Override
    public String toString() {
        return schema + "." + table;
    }
}

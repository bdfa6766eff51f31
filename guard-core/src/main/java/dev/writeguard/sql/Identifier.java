package dev.writeguard.sql;

import java.io.Serializable;

/**
 * A name of a column, constraint or collation, as the catalog spells it.
 *
 * @param name the unquoted name; any character but NUL
 * @since 0.1
 */
public record Identifier(String name) implements SqlPart, Serializable {

    /**
     * @throws IllegalArgumentException if the name is empty or holds a NUL, which no PostgreSQL name can
     */
    public Identifier {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A PostgreSQL name is neither empty nor contains NUL");
        }
    }

    /** The name in double quotes, embedded quotes doubled. */
    @Override
    public String text() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return name;
    }
}

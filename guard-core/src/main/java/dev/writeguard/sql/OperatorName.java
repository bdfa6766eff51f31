package dev.writeguard.sql;

import java.util.regex.Pattern;

/**
 * An operator of a schema that the search path need not show.
 *
 * @param schema the operator's schema
 * @param symbol the operator, such as {@code =}
 * @since 0.1
 */
public record OperatorName(Identifier schema, String symbol) implements SqlPart {

    private static final Pattern SYMBOL = Pattern.compile("[-+*/<>=~!@#%^&|`?]{1,63}");

    /**
     * @throws IllegalArgumentException if that is no operator
     */
    public OperatorName {
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new IllegalArgumentException("Not an operator of PostgreSQL");
        }
    }

    /** With a question mark doubled, which to JDBC would be a parameter. */
    @Override
    public String text() {
        return "OPERATOR(" + schema.text() + "." + symbol.replace("?", "??") + ")";
    }
}

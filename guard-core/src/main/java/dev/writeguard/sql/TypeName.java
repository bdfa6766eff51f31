package dev.writeguard.sql;

import java.math.BigInteger;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type to which a parameter is cast, as the catalog names it.
 *
 * <p>The modifier is kept only where a cast and an assignment do the same with it ({@code numeric(10,2)},
 * {@code timestamp(3)}). An explicit cast to {@code varchar(3)} would cut silently what an assignment refuses with
 * SQLSTATE 22001, so length modifiers are left to the column; and so are domains, which may have one inside.
 *
 * @param schema the type's schema
 * @param name the type's name in the catalog, such as {@code int8} or {@code _text}
 * @param modified the name with its modifier as PostgreSQL formats it, for built-in types that round and for arrays of them
 * @param arrayOfDomains whether it is an array whose elements are of a domain
 * @since 0.1
 */
public record TypeName(
        Identifier schema, Identifier name, @Nullable String modified, boolean arrayOfDomains) implements SqlPart {

    private static final Identifier PG_CATALOG = new Identifier("pg_catalog");
    private static final Set<Class<?>> INTEGRAL = Set.of(Byte.class, Short.class, Integer.class, Long.class);
    private static final Pattern INTEGRAL_TEXT = Pattern.compile("[+-]?[0-9]{1,30}");

    /** Of the spellings that PostgreSQL reads, the one that Java reads alike. */
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** A built-in type by its catalog name. */
    public static TypeName builtIn(String name) {
        return new TypeName(PG_CATALOG, new Identifier(name), null, false);
    }

    @Override
    public String text() {
        return modified != null ? modified : schema.text() + "." + name.text();
    }

    /**
     * A parameter cast to this type. PostgreSQL compares an array of a domain with none but its own type, so the cast
     * to it must be; by way of text the elements are read as the domain reads them, which cuts nothing.
     */
    String castOfParameter() {
        return arrayOfDomains ? "CAST(CAST(? AS pg_catalog.text) AS " + text() + ")" : "CAST(? AS " + text() + ")";
    }

    /** Whether this is the built-in type of that catalog name, with or without a modifier. */
    public boolean is(String builtInName) {
        return schema.equals(PG_CATALOG) && name.name().equals(builtInName);
    }

    /**
     * A value of the built-in integral types and of {@code uuid} in the class that the driver gives to it:
     * {@link Short} for {@code int2}, {@link Integer} for {@code int4}, {@link Long} for {@code int8}, {@link UUID};
     * also one that is given as text. An enum and a character are a {@link String} for every type, a {@link UUID} for
     * {@code text} and {@code varchar}. What does not fit stays as it is, for the server to read or to refuse, and so
     * does any other value.
     */
    public Object inItsClass(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Character) {
            return value.toString();
        }
        if (!schema.equals(PG_CATALOG)) {
            return value;
        }
        return switch (name.name()) {
            case "int2", "int4", "int8" -> integral(value);
            case "uuid" ->
                value instanceof String text && UUID_TEXT.matcher(text).matches() ? UUID.fromString(text) : value;
            case "text", "varchar" -> value instanceof UUID ? value.toString() : value;
            default -> value;
        };
    }

    private Object integral(Object value) {
        Long number = number(value);
        if (number == null) {
            return value;
        }
        long exact = number;
        return switch (name.name()) {
            case "int2" -> exact == (short) exact ? (Object) (short) exact : value;
            case "int4" -> exact == (int) exact ? (Object) (int) exact : value;
            default -> number;
        };
    }

    private static @Nullable Long number(Object value) {
        if (INTEGRAL.contains(value.getClass())) {
            return ((Number) value).longValue();
        }
        BigInteger large = null;
        if (value instanceof BigInteger given) {
            large = given;
        } else if (value instanceof String text && INTEGRAL_TEXT.matcher(text).matches()) {
            large = new BigInteger(text);
        }
        return large != null && large.bitLength() < Long.SIZE ? large.longValue() : null;
    }

    @Override
    public String toString() {
        return modified != null ? modified : schema.equals(PG_CATALOG) ? name.name() : schema + "." + name;
    }
}

package dev.writeguard.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL and the values of its parameters.
 *
 * @param text the SQL with {@code ?} for each value
 * @param values the values in order; unmodifiable, may contain null
 * @since 0.1
 */
public record Sql(String text, List<@Nullable Object> values) implements SqlPart {

    /** Nothing: the neutral piece for a clause that a statement does not need. */
    public static final Sql EMPTY = new Sql("", List.of());

    private static final String HOLE = "%s";

    /**
     * Fills each {@code %s} of a constant template with the next part, and collects the parts' values in the order in
     * which their text stands.
     *
     * @throws IllegalArgumentException if the numbers of holes and parts differ
     */
    public static Sql of(String template, SqlPart... parts) {
        var text = new StringBuilder(template.length() + 32 * parts.length);
        List<@Nullable Object> values = new ArrayList<>();
        int from = 0;
        for (SqlPart part : parts) {
            int hole = template.indexOf(HOLE, from);
            if (hole < 0) {
                throw new IllegalArgumentException("More parts than holes: " + template);
            }
            text.append(template, from, hole).append(part.text());
            values.addAll(part.values());
            from = hole + HOLE.length();
        }
        if (template.indexOf(HOLE, from) >= 0) {
            throw new IllegalArgumentException("More holes than parts: " + template);
        }
        return new Sql(text.append(template, from, template.length()).toString(), Collections.unmodifiableList(values));
    }

    /** A parameter of a known type: {@code CAST(? AS type)}. */
    public static Sql value(TypeName type, @Nullable Object value) {
        return new Sql(type.castOfParameter(), Collections.singletonList(value));
    }

    /**
     * Parameters that carry one column of many rows: {@code CAST(? AS type[])} for each type that the values have,
     * with a null in the place of a value of another one. Each element is cast to its column's type where it is used.
     */
    public static List<Sql> arrays(List<? extends @Nullable Object> values) {
        return ArrayParameter.of(values).stream().map(Sql::array).toList();
    }

    /** The same for values of one type. */
    public static Sql array(List<?> values) {
        List<Sql> arrays = arrays(values);
        if (arrays.size() > 1) {
            throw new IllegalArgumentException("Values of " + arrays.size() + " types");
        }
        return arrays.get(0);
    }

    private static Sql array(ArrayParameter array) {
        return new Sql(
                "CAST(? AS " + TypeName.builtIn("_" + array.elementType()).text() + ")",
                Collections.singletonList(array));
    }

    /** The parts with a separator between them. */
    public static Sql join(String separator, Collection<? extends SqlPart> parts) {
        return of(String.join(separator, Collections.nCopies(parts.size(), HOLE)), parts.toArray(SqlPart[]::new));
    }

    /** The parts with a comma between them. */
    public static Sql list(Collection<? extends SqlPart> parts) {
        return join(", ", parts);
    }

    /** The prefix and the parts with AND between them; nothing at all for an empty collection. */
    public static Sql and(String prefix, Collection<? extends SqlPart> parts) {
        return parts.isEmpty() ? EMPTY : of(prefix + HOLE, join(" AND ", parts));
    }

    /** Collects parts into {@link #list}. */
    public static Collector<SqlPart, ?, Sql> toList() {
        return Collector.of(
                ArrayList<SqlPart>::new,
                List::add,
                (left, right) -> {
                    left.addAll(right);
                    return left;
                },
                Sql::list);
    }

    /** The text alone: values never reach a log by way of {@code toString}. */
    @Override
    public String toString() {
        return text;
    }
}

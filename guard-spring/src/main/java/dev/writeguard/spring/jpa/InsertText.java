package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of an INSERT as Hibernate renders it, or as {@code @SQLInsert} has it, {@code insert into t (a, b) values (?,
 * 'x')}: what is written into each column.
 */
final class InsertText {

    /** A value that is bound, with or without a cast that the column's own type makes superfluous. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\?(::[\\w\"\\[\\]. ()]+)?|(?i:cast)\\(\\? (?i:as) [^?]+\\)");

    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern NUMBER_OR_TRUTH = Pattern.compile("-?\\d+(\\.\\d+)?|true|false");
    private static final String NULL = "null";
    private static final Pattern INTO =
            Pattern.compile("\\s*insert\\s+into\\s+([^\\s(]+)\\s*\\(", Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUES = Pattern.compile("\\)\\s*values\\s*\\(", Pattern.CASE_INSENSITIVE);

    private InsertText() {}

    /** Whether a column's expression is a value that is bound. */
    static boolean bound(String expression) {
        return expression.equals("?") || PARAMETER.matcher(expression).matches();
    }

    /** Whether a column's expression is the same constant for each row. */
    static boolean constant(String expression) {
        return TEXT.matcher(expression).matches()
                || NUMBER_OR_TRUTH.matcher(expression).matches()
                || expression.equals(NULL);
    }

    /** Whether a column's expression leaves it to the database. */
    static boolean leftToTheDatabase(String expression) {
        return expression.equals("default");
    }

    /** The value of a constant, as text. */
    static @Nullable String value(String constant) {
        if (constant.equals(NULL)) {
            return null;
        }
        return TEXT.matcher(constant).matches()
                ? constant.substring(1, constant.length() - 1).replace("''", "'")
                : constant;
    }

    /**
     * The expression for each column, in their order; empty if the text is none of Hibernate's own.
     *
     * @param sql without a column, {@code insert into t default values}, there is nothing to tell
     */
    static Map<String, String> expressions(String sql) {
        int columns = sql.indexOf('(');
        int endOfColumns = columns < 0 ? -1 : closing(sql, columns);
        int values = endOfColumns < 0 ? -1 : sql.indexOf('(', endOfColumns);
        int endOfValues = values < 0 ? -1 : closing(sql, values);
        if (endOfValues < 0) {
            return Map.of();
        }
        List<String> names = list(sql.substring(columns + 1, endOfColumns));
        List<String> expressions = list(sql.substring(values + 1, endOfValues));
        if (names.size() != expressions.size()) {
            return Map.of();
        }
        Map<String, String> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byColumn.put(names.get(i), expressions.get(i));
        }
        return byColumn;
    }

    /**
     * Whether a text of the application's own says nothing but that.
     *
     * @param table the name in the mapping
     */
    static boolean saysNothingElse(String sql, String table) {
        Matcher start = INTO.matcher(sql);
        if (!start.lookingAt() || !MappedNames.parts(start.group(1)).equals(MappedNames.parts(table))) {
            return false;
        }
        int columns = start.end() - 1;
        int endOfColumns = closing(sql, columns);
        Matcher values = VALUES.matcher(sql);
        if (endOfColumns < 0 || !values.find(endOfColumns) || values.start() != endOfColumns) {
            return false;
        }
        int endOfValues = closing(sql, values.end() - 1);
        return endOfValues >= 0
                && sql.substring(endOfValues + 1).isBlank()
                && !expressions(sql).isEmpty();
    }

    /**
     * Which column's value goes where: parameters are bound in the mapping's order, and a text of the application's own may
     * name columns in another one.
     *
     * @param positions of the parameters, from 1, by the columns of the mapping
     * @return by the columns of the text
     */
    static Map<String, String> boundTo(Map<String, String> expressions, Map<Integer, String> positions) {
        Map<String, String> bound = new LinkedHashMap<>();
        int position = 0;
        for (Map.Entry<String, String> each : expressions.entrySet()) {
            if (bound(each.getValue())) {
                position++;
                String column = positions.get(position);
                if (column != null) {
                    bound.put(each.getKey(), column);
                }
            }
        }
        return bound;
    }

    /** The position of the parenthesis that closes the one at this position, or -1. */
    private static int closing(String sql, int opening) {
        int depth = 0;
        for (int i = opening; i >= 0 && i < sql.length(); i++) {
            char character = sql.charAt(i);
            if (character == '\'' || character == '"') {
                i = sql.indexOf(character, i + 1);
                if (i < 0) {
                    return -1;
                }
            } else if (character == '(') {
                depth++;
            } else if (character == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Between commas outside of quotes and parentheses. */
    private static List<String> list(String text) {
        List<String> elements = new ArrayList<>();
        int start = 0;
        int depth = 0;
        boolean quoted = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (quoted) {
                quoted = character != quote;
            } else if (character == '\'' || character == '"') {
                quoted = true;
                quote = character;
            } else if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth--;
            } else if (character == ',' && depth == 0) {
                elements.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        elements.add(text.substring(start).strip());
        return elements;
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names as the mapping writes them into SQL, read as PostgreSQL reads them. */
final class MappedNames {

    private static final char QUOTE = '"';

    private MappedNames() {}

    /** A column's name in the catalog. */
    static String column(String expression) {
        return isPlain(expression) ? expression : last(parts(expression));
    }

    /** Whether PostgreSQL reads it as it is written. */
    private static boolean isPlain(String expression) {
        for (int i = 0; i < expression.length(); i++) {
            char character = expression.charAt(i);
            if (!(character >= 'a' && character <= 'z')
                    && !(character >= '0' && character <= '9')
                    && character != '_') {
                return false;
            }
        }
        return true;
    }

    /** The table of that name; without a schema the one that the search path finds. */
    static Optional<Table> table(SchemaGraph graph, String expression) {
        List<String> parts = parts(expression);
        return parts.size() == 1
                ? graph.table(parts.get(0))
                : graph.table(TableName.of(parts.get(parts.size() - 2), last(parts)));
    }

    /** A rule for the parents in the table of that name. */
    static ParentRuleBuilder parentTable(SchemaGraph graph, String expression) {
        return table(graph, expression)
                .map(Table::name)
                .map(name -> ParentRule.on(graph, name))
                .orElseGet(() -> ParentRule.on(graph, expression));
    }

    private static String last(List<String> parts) {
        return parts.get(parts.size() - 1);
    }

    /** Between dots outside of quotes; unquoted ones in lower case. */
    static List<String> parts(String expression) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < expression.length(); i++) {
            char character = expression.charAt(i);
            if (character == QUOTE && quoted && i + 1 < expression.length() && expression.charAt(i + 1) == QUOTE) {
                part.append(QUOTE);
                i++;
            } else if (character == QUOTE) {
                quoted = !quoted;
            } else if (character == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(
                        quoted
                                ? character
                                : Character.toString(character)
                                        .toLowerCase(Locale.ROOT)
                                        .charAt(0));
            }
        }
        parts.add(part.toString());
        return parts;
    }
}

package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.schema.Column;
import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.OwnStatement;
import dev.writeguard.spring.rule.RuleFaults;
import dev.writeguard.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds statements that write what a rule is about, and pass by it: every INSERT, and an UPDATE that sets the reference. */
final class UnguardedWriteFinder {

    private static final Pattern WRITE = Pattern.compile(
            "\\b(insert\\s+into|update|merge\\s+into)\\s+(?:only\\s+)?([\\w.\"]+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LITERAL = Pattern.compile("'[^']*'");

    private final GuardedDatabase database;

    UnguardedWriteFinder(GuardedDatabase database) {
        this.database = database;
    }

    /** Each statement with the rules that it passes by. */
    List<RuleFaults> find() {
        return database.statements().stream().flatMap(this::find).toList();
    }

    private Stream<RuleFaults> find(OwnStatement statement) {
        List<String> rules = new ArrayList<>();
        String text = LITERAL.matcher(statement.text()).replaceAll("''");
        for (MatchResult write : WRITE.matcher(text).results().toList()) {
            boolean update = write.group(1).equalsIgnoreCase("update");
            String rest = update ? text.substring(write.end()) : "";
            rules.addAll(
                    statement.sql() ? bySql(write.group(2), update, rest) : byEntity(write.group(2), update, rest));
        }
        return rules.stream()
                .distinct()
                .map(rule -> RuleFaults.of(
                        statement.where(),
                        "it writes past the rule " + rule,
                        "say which parent it needs, by @EnsuredParent(attribute = …, key = …) on the method"));
    }

    private List<String> bySql(String table, boolean update, String rest) {
        Stream<Map.Entry<String, ChildRule>> ofEntities = database.model().associations().entrySet().stream()
                .filter(rule -> !rule.getKey().contains(", for "))
                .map(rule -> Map.entry(rule.getKey(), rule.getValue().child()));
        Stream<Map.Entry<String, ChildRule>> byName = database.model().children().stream()
                .map(rule -> Map.entry(rule.table().name().toString(), rule));
        return Stream.concat(ofEntities, byName)
                .filter(rule -> is(rule.getValue().table().name(), table))
                .filter(rule ->
                        !update || rule.getValue().columns().stream().anyMatch(column -> names(rest, name(column))))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> byEntity(String entity, boolean update, String rest) {
        String simple = entity.substring(entity.lastIndexOf('.') + 1);
        return database.model().associations().values().stream()
                .filter(rule -> rule.entity().equals(simple))
                .filter(rule -> !update || names(rest, rule.attribute()))
                .map(AssociationRule::name)
                .distinct()
                .toList();
    }

    private static String name(Column column) {
        return column.name().name();
    }

    private static boolean names(String text, String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    private static boolean is(TableName table, String written) {
        String plain = written.replace("\"", "");
        return plain.equalsIgnoreCase(table.table().name()) || plain.equalsIgnoreCase(table.toString());
    }
}

package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.OwnStatement;
import dev.writeguard.spring.rule.RuleFaults;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds statements that write what a rule is about, and pass by it: every INSERT, and an UPDATE that sets the reference. */
final class UnguardedWriteFinder {

    private final GuardedDatabase database;

    UnguardedWriteFinder(GuardedDatabase database) {
        this.database = database;
    }

    /** Each statement with the rules that it passes by. */
    List<RuleFaults> find() {
        return database.statements().stream().flatMap(this::find).toList();
    }

    private Stream<RuleFaults> find(OwnStatement statement) {
        return OwnWrite.in(statement.text()).stream()
                .flatMap(write -> statement.sql() ? bySql(write) : byEntity(write))
                .distinct()
                .map(rule -> RuleFaults.of(
                        statement.where(),
                        "it writes past the rule " + rule,
                        "say which parent it needs, by @EnsuredParent(attribute = …, key = …) on the method"));
    }

    private Stream<String> bySql(OwnWrite write) {
        Stream<String> ofEntities = database.model().associations().entrySet().stream()
                .filter(rule -> !rule.getKey().contains(", for "))
                .filter(rule -> rule.getValue().children().stream().anyMatch(child -> writes(write, child)))
                .map(Map.Entry::getKey);
        Stream<String> byName = database.model().children().stream()
                .filter(rule -> writes(write, rule))
                .map(rule -> rule.table().name().toString());
        return Stream.concat(ofEntities, byName);
    }

    private static boolean writes(OwnWrite write, ChildRule rule) {
        return is(
                        write.target(),
                        rule.table().name().schema().name(),
                        rule.table().name().table().name())
                && (!write.update()
                        || rule.columns().stream()
                                .anyMatch(column ->
                                        setsColumn(write, column.name().name())));
    }

    private static boolean setsColumn(OwnWrite write, String column) {
        return write.assigned().stream().anyMatch(set -> set.equalsIgnoreCase(column));
    }

    private static boolean is(String written, String schema, String table) {
        return written.equalsIgnoreCase(table) || written.equalsIgnoreCase(schema + "." + table);
    }

    /** A row of a subclass is one of its superclass, too; and an update may set what only a subclass has. */
    private Stream<String> byEntity(OwnWrite write) {
        List<String> written = named(write.target());
        return database.model().associations().values().stream()
                .filter(rule -> written.contains(rule.entity())
                        || (write.update() && named(rule.entity()).contains(written.get(0))))
                .filter(rule -> !write.update() || write.sets(rule.attribute()))
                .map(AssociationRule::name);
    }

    private List<String> named(String entity) {
        String simple = entity.substring(entity.lastIndexOf('.') + 1);
        return database.entities().getOrDefault(entity, List.of(simple));
    }
}

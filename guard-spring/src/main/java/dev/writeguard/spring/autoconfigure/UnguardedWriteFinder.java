package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.ChildRule;
import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.OwnStatement;
import dev.writeguard.spring.rule.RuleFaults;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

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
                .flatMap(write -> statement.sql() ? bySql(write, statement) : byEntity(write, statement))
                .distinct()
                .map(rule -> RuleFaults.of(
                        statement.where(),
                        "it writes past the rule " + rule,
                        "say which parent it needs, by @EnsuredParent(attribute = …, key = …) on the method"));
    }

    private Stream<String> bySql(OwnWrite write, OwnStatement statement) {
        Stream<String> ofEntities = associations(statement)
                .filter(rule -> rule.children().stream().anyMatch(child -> writes(write, child, statement)))
                .map(AssociationRule::name);
        Stream<String> byName = database.model().children().stream()
                .filter(rule -> writes(write, rule, statement) && !ensures(statement, rule))
                .map(rule -> rule.table().name().toString());
        return Stream.concat(ofEntities, byName);
    }

    /** The rules for all writes, but for those whose parents are ensured for that statement. */
    private Stream<AssociationRule> associations(OwnStatement statement) {
        return database.model().associationsForAllWrites().stream().filter(rule -> !ensures(statement, rule));
    }

    /** Of a join table only the elements can be named; whoever names them has said what he can. */
    private static boolean ensures(OwnStatement statement, AssociationRule rule) {
        String name = rule.association();
        return statement.ensured().contains(name)
                || statement.ensured().stream().anyMatch(ensured -> name.startsWith(ensured + " "));
    }

    /** A rule that is declared by the names of tables, and is about the same columns as an ensured association. */
    private boolean ensures(OwnStatement statement, ChildRule byName) {
        return database.model().associations().values().stream()
                .filter(rule -> ensures(statement, rule))
                .flatMap(rule -> rule.children().stream())
                .anyMatch(child -> child.table().name().equals(byName.table().name())
                        && Set.copyOf(child.columns()).equals(Set.copyOf(byName.columns())));
    }

    private static boolean writes(OwnWrite write, ChildRule rule, OwnStatement statement) {
        return is(
                        write.target(),
                        rule.table().name().schema().name(),
                        rule.table().name().table().name())
                && rule.columns().stream()
                        .map(column -> column.name().name())
                        .anyMatch(
                                column -> write.update() ? setsColumn(write, column) : fills(write, column, statement));
    }

    /** A statement without a word on parents is one that nobody has looked at: a default or a trigger may fill the rest. */
    private static boolean fills(OwnWrite write, String name, OwnStatement statement) {
        return statement.ensured().isEmpty() || write.mayFill(name);
    }

    private static boolean setsColumn(OwnWrite write, String column) {
        return write.assigned().stream().anyMatch(set -> set.equalsIgnoreCase(column));
    }

    private static boolean is(String written, String schema, String table) {
        return written.equalsIgnoreCase(table) || written.equalsIgnoreCase(schema + "." + table);
    }

    /** A row of a subclass is one of its superclass, too; and an update may set what only a subclass has. */
    private Stream<String> byEntity(OwnWrite write, OwnStatement statement) {
        List<String> written = named(write.target());
        return associations(statement)
                .filter(rule -> written.contains(rule.entity())
                        || (write.update() && named(rule.entity()).contains(written.get(0))))
                .filter(rule -> write.update()
                        ? write.sets(rule.attribute())
                        : fills(write, StringUtils.delimitedListToStringArray(rule.attribute(), ".")[0], statement))
                .map(AssociationRule::name);
    }

    private List<String> named(String entity) {
        String simple = entity.substring(entity.lastIndexOf('.') + 1);
        return database.entities().getOrDefault(entity, List.of(simple));
    }
}

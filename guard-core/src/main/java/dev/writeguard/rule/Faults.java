package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.Table.Privilege;
import dev.writeguard.sql.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects what is wrong with a rule, so that all of it is said at once. */
final class Faults {

    private final List<RuleFault> faults = new ArrayList<>();

    void add(String fault, String cure) {
        faults.add(new RuleFault(fault, cure));
    }

    void throwIfAny(TableName table) {
        if (!faults.isEmpty()) {
            throw new InvalidRuleException(table, faults);
        }
    }

    /** The columns of those names; each unknown name is a fault. */
    List<Column> columns(Table table, Collection<String> names) {
        List<Column> found = new ArrayList<>();
        for (String name : names) {
            Optional<Column> column = table.column(name);
            column.ifPresentOrElse(
                    found::add,
                    () -> add(
                            table + " has no column \"" + name + "\"",
                            "use one of " + table.columns() + ", spelled as in the catalog"));
        }
        return found;
    }

    /** A privilege on each of these columns, or, if there are none, on any one of the table. */
    void requirePrivilege(Table table, Privilege privilege, Collection<Column> needed) {
        List<Column> missing = needed.stream()
                .filter(column -> !column.privileges().contains(privilege))
                .toList();
        if (!table.privileges().contains(privilege)) {
            add(
                    "the database role may not " + privilege + " " + table,
                    "GRANT " + privilege + " ON " + table.name().text() + " TO CURRENT_USER");
        } else if (!missing.isEmpty()) {
            String names = missing.stream().map(column -> column.name().text()).collect(Collectors.joining(", "));
            add(
                    "the database role may not " + privilege + " the columns " + missing + " of " + table,
                    "GRANT " + privilege + " (" + names + ") ON " + table.name().text() + " TO CURRENT_USER");
        }
    }

    /** With rules for INSERT or UPDATE PostgreSQL refuses ON CONFLICT, or the RETURNING of a bulk. */
    void refuseRules(Table table) {
        if (table.refusesOnConflict()) {
            add(
                    table + " has rules ON INSERT or ON UPDATE, with which PostgreSQL refuses ON CONFLICT and"
                            + " RETURNING",
                    "replace the rules by triggers");
        }
    }

    /** A table of that name, or the only fault that can be told of a rule without one. */
    static Table table(SchemaGraph graph, String name) {
        return graph.table(name)
                .orElseThrow(() -> missing(
                        TableName.of("?", name),
                        "no table \"" + name + "\" is visible on the search path",
                        "check the spelling, or name the schema with TableName.of(schema, table)"));
    }

    /** A table of that name, or the only fault that can be told of a rule without one. */
    static Table table(SchemaGraph graph, TableName name) {
        return graph.table(name)
                .orElseThrow(() -> missing(
                        name,
                        "the table " + name + " does not exist",
                        "check the spelling, or run the migrations first"));
    }

    private static InvalidRuleException missing(TableName name, String fault, String cure) {
        return new InvalidRuleException(name, List.of(new RuleFault(fault, cure)));
    }
}

package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Column;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.SqlPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The statements about one child: docs/protocols/parent-and-child.md. */
final class ChildSql {

    private ChildSql() {}

    /**
     * Inserts the child under a parent that is there, may be used and is locked by the same statement. With a lock in a
     * statement of its own the two would have two snapshots, and a repetition could insert the child twice.
     */
    static Action insert(PlannedChild child, PlannedParent parent) {
        ParentRule parentRule = parent.rule();
        List<Sql> conditions = ParentSql.usable(parent);
        List<Sql> reference = ParentSql.qualified(parentRule.reference().columns());
        List<SqlPart> values = new ArrayList<>(values(child));
        values.addAll(reference);
        if (parentRule.touch().isPresent()) {
            conditions.addAll(unlessStored(child, parent.row()));
            Sql touch = ParentSql.update(parent, reference, conditions);
            return inserted(child, Sql.of("WITH p AS (\n%s)\n", touch), Sql.of("SELECT %s\nFROM p", Sql.list(values)));
        }
        return inserted(
                child,
                Sql.of(
                        """
                        SELECT %s
                        FROM %s p
                        WHERE %s
                        FOR %s OF p""",
                        Sql.list(values),
                        parentRule.table().name(),
                        Sql.join(" AND ", conditions),
                        ParentSql.lockStrength(parentRule)));
    }

    /**
     * The same under a parent that this transaction has locked and found usable: nothing of it is asked again, nor does the
     * child depend on what triggers make of a TOUCH.
     */
    static Action insertUnderLocked(PlannedChild child, PlannedParent parent) {
        ParentRule parentRule = parent.rule();
        List<SqlPart> values = new ArrayList<>(values(child));
        values.addAll(ParentSql.qualified(parentRule.reference().columns()));
        Sql source = Sql.of(
                """
                SELECT %s
                FROM %s p
                WHERE %s""", Sql.list(values), parentRule.table().name(), Sql.join(" AND ", ParentSql.isThatParent(parent)));
        return parentRule.touch().isEmpty()
                ? inserted(child, source)
                : inserted(child, Sql.of("WITH touched AS (\n%s)\n", touchUnlessStored(child, parent)), source);
    }

    private static Sql touchUnlessStored(PlannedChild child, PlannedParent parent) {
        List<Sql> conditions = ParentSql.isThatParent(parent);
        conditions.addAll(unlessStored(child, parent.row()));
        return ParentSql.update(parent, List.of(Sql.of("true")), conditions);
    }

    /** The condition that no child of that key is stored: a parent is not created for a child that is there. */
    static List<Sql> notStored(PlannedChild child, PlannedParent parent) {
        return child.identifiedByItself() ? unlessStored(child, parent.row()) : List.of();
    }

    /** The same for a child whose key may contain its parent's, which is there. */
    private static List<Sql> unlessStored(PlannedChild child, ParentRow parent) {
        return child.rule().once().isEmpty()
                ? List.of()
                : List.of(Sql.of(
                        "NOT EXISTS (SELECT FROM %s c WHERE %s)",
                        child.rule().table().name(), Sql.join(" AND ", onceEquals(child, parent))));
    }

    /**
     * Looks for the child by its key: whether its parent is the one given, then what is asked besides, then the columns to
     * report.
     */
    static Action look(PlannedChild child, ParentRow parent, List<Sql> asked) {
        ChildRule rule = child.rule();
        List<SqlPart> columns = new ArrayList<>();
        columns.add(Sql.of("COALESCE(%s, false)", refersToParent(rule, parent)));
        columns.addAll(asked);
        List<Class<?>> classes = new ArrayList<>(Collections.nCopies(columns.size(), Boolean.class));
        rule.returning().forEach(column -> columns.add(Sql.of("c.%s", column.name())));
        classes.addAll(KeyReading.classes(rule.returning()));
        return new Action.Read(
                Sql.of("""
                        SELECT %s
                        FROM %s c
                        WHERE %s""", Sql.list(columns), rule.table().name(), Sql.join(" AND ", onceEquals(child, parent))),
                classes);
    }

    /**
     * Inserts the child alone, its parent unchecked: what is left of the write when Guard is not to enforce. Where
     * children do not refer to the parent by the key that is given, the parent's row has to be there for that.
     */
    static Action insertUnguarded(PlannedChild child, ParentRow parent) {
        ParentRule parentRule = parent.rule();
        List<Column> reference = parentRule.reference().columns();
        List<SqlPart> values = new ArrayList<>(values(child));
        if (refersByKey(parentRule)) {
            reference.forEach(
                    column -> values.add(Sql.value(column.type(), parent.key().value(column))));
            return inserted(child, Sql.of("VALUES (%s)", Sql.list(values)));
        }
        values.addAll(ParentSql.qualified(reference));
        return inserted(
                child,
                Sql.of(
                        """
                        SELECT %s
                        FROM %s p
                        WHERE %s""",
                        Sql.list(values),
                        parentRule.table().name(),
                        Sql.join(" AND ", ParentSql.keyEquals(parentRule, parent.key()))));
    }

    /** Whether what children refer to is known by the key that is given. */
    static boolean refersByKey(ParentRule parent) {
        return parent.key().columns().containsAll(parent.reference().columns());
    }

    /** The INSERT with that source of its values, the child's own before those that refer to the parent. */
    private static Action inserted(PlannedChild child, Sql source) {
        return inserted(child, Sql.EMPTY, source);
    }

    private static Action inserted(PlannedChild child, Sql with, Sql source) {
        ChildRule rule = child.rule();
        List<Column> columns = new ArrayList<>(child.columns());
        columns.addAll(rule.columns());
        return reported(
                rule, Sql.of("""
                        %sINSERT INTO %s (%s)
                        %s%s""", with, rule.table().name(), ParentSql.names(columns), source, onConflict(rule)));
    }

    private static List<Sql> values(PlannedChild child) {
        return child.columns().stream()
                .map(column -> Sql.value(column.type(), child.values().value(column)))
                .toList();
    }

    private static Sql onConflict(ChildRule rule) {
        return rule.once()
                .map(key -> Sql.of("\nON CONFLICT (%s) DO NOTHING", ParentSql.names(key.columns())))
                .orElse(Sql.EMPTY);
    }

    private static Action reported(ChildRule rule, Sql insert) {
        return rule.returning().isEmpty()
                ? new Action.Write(insert)
                : new Action.Returning(
                        Sql.of("%s\nRETURNING %s", insert, ParentSql.names(rule.returning())),
                        KeyReading.classes(rule.returning()));
    }

    private static List<Sql> onceEquals(PlannedChild child, ParentRow parent) {
        List<Sql> conditions = new ArrayList<>();
        boolean ofParent = false;
        for (Column column : PlannedChild.onceColumns(child.rule())) {
            if (child.rule().columns().contains(column)) {
                ofParent = true;
            } else {
                conditions.add(Equality.equal(
                        column,
                        stored(column),
                        Sql.value(column.type(), child.values().value(column))));
            }
        }
        if (ofParent) {
            conditions.add(refersToParent(child.rule(), parent));
        }
        return conditions;
    }

    /**
     * Whether the stored child's parent is the one given. By its key that can be told also of a parent that is gone.
     */
    private static Sql refersToParent(ChildRule rule, ParentRow parent) {
        ParentRule parentRule = parent.rule();
        List<Column> reference = parentRule.reference().columns();
        boolean byKey = refersByKey(parentRule);
        List<Sql> equal = byKey ? new ArrayList<>() : ParentSql.keyEquals(parentRule, parent.key());
        for (int i = 0; i < reference.size(); i++) {
            Column column = reference.get(i);
            equal.add(Equality.equal(
                    column,
                    stored(rule.columns().get(i)),
                    byKey ? Sql.value(column.type(), parent.key().value(column)) : ParentSql.qualified(column)));
        }
        Sql all = Sql.join(" AND ", equal);
        return byKey
                ? all
                : Sql.of(
                        "EXISTS (SELECT FROM %s p WHERE %s)", parentRule.table().name(), all);
    }

    private static Sql stored(Column column) {
        return Sql.of("c.%s", column.name());
    }
}

package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.Touch;
import dev.writeguard.schema.Column;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.SqlPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TOUCH of many parents: docs/protocols/bulk.md. */
final class BulkTouchSql {

    private final ParentRule rule;
    private final Touch touch;
    private final Input input;

    BulkTouchSql(ParentRule rule, Touch touch, Input input) {
        this.rule = rule;
        this.touch = touch;
        this.input = input;
    }

    /**
     * Locks those that are there, in key order, and writes once into each that may be used: in one statement, so that it
     * writes only what it has locked. Of several inputs for one parent the first that agrees with it is written. Answers
     * with the position, what {@link ParentReading} reads, the new version and the times.
     */
    Action lockAndTouch(ParentReading reading, boolean orFail) {
        List<SqlPart> locked = new ArrayList<>(List.of(Sql.of("u.*")));
        List<Sql> names = new ArrayList<>();
        for (Sql column : reading.lockedColumns(column -> BulkSql.matches(column, input))) {
            String name = "l" + locked.size();
            locked.add(Sql.of("%s AS " + name, column));
            names.add(Sql.of("u." + name));
        }
        List<SqlPart> answered = new ArrayList<>(List.of(Sql.of("u.i")));
        answered.addAll(names);
        answered.addAll(ParentSql.touched(touch));
        List<Class<?>> classes = new ArrayList<>(List.of(Long.class));
        classes.addAll(reading.lockedColumnClasses());
        classes.addAll(reading.touchedColumnClasses());
        Sql complete = orFail ? Sql.of("\nWHERE %s", BulkSql.allLocked(input)) : Sql.EMPTY;
        return new Action.Returning(
                Sql.of("%s%s", lockAndTouch(locked, answered, reading.usable(names)), complete), classes);
    }

    private Sql lockAndTouch(List<SqlPart> locked, List<SqlPart> answered, List<Sql> usable) {
        List<SqlPart> returned = new ArrayList<>(ParentSql.qualified(rule.key().columns()));
        @Nullable Column version = touch.version();
        if (version != null) {
            returned.add(ParentSql.qualified(version));
        }
        returned.addAll(ParentSql.qualified(touch.clocks()));
        Sql key = Sql.list(input.sorted(rule.key().columns()));
        return Sql.of(
                """
                WITH l AS MATERIALIZED (
                %s),
                touched AS (
                %s
                FROM (SELECT DISTINCT ON (%s) u.* FROM l u%s ORDER BY %s, u.i) u
                WHERE %s
                RETURNING %s)
                SELECT %s
                FROM l u LEFT JOIN touched p ON %s""",
                BulkSql.lockOf(rule, input, locked, ParentSql.lockStrength(rule)),
                update(),
                key,
                Sql.and(" WHERE ", usable),
                key,
                Sql.join(" AND ", conditions()),
                Sql.list(returned),
                Sql.list(answered),
                BulkSql.keyJoin(rule, input));
    }

    /** Writes once into each parent; all are locked already and may be used. */
    Action touchLocked() {
        return new Action.Write(
                Sql.of("""
                %s
                FROM (%s) u
                WHERE %s""", update(), BulkSql.firstOfEachKey(rule, input), Sql.join(" AND ", conditions())));
    }

    private Sql update() {
        List<Sql> assignments = new ArrayList<>();
        touch.values().forEach(column -> assignments.add(Sql.of("%s = u.%s", column.name(), input.name(column))));
        assignments.addAll(ParentSql.clocksAndVersion(touch));
        return Sql.of("UPDATE %s p SET %s", rule.table().name(), Sql.list(assignments));
    }

    private List<Sql> conditions() {
        List<Sql> conditions = new ArrayList<>(List.of(BulkSql.keyJoin(rule, input)));
        conditions.addAll(SoftReference.condition(rule));
        return conditions;
    }
}

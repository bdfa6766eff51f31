package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RequiredState;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.Touch;
import dev.writeguard.schema.Column;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.SqlPart;
import dev.writeguard.sql.TypeName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The statements about one parent: docs/protocols/ensure-parent.md. */
final class ParentSql {

    private static final TypeName TEXT = TypeName.builtIn("text");
    private static final TypeName BIGINT = TypeName.builtIn("int8");

    private ParentSql() {}

    /**
     * Inserts the parent, or does nothing if its key is there; takes no lock on a row that is there. A row that is seen
     * is not even tried: {@code DO NOTHING} would wait for whoever is updating it, and draw a sequence value.
     *
     * @param again whether a row that was seen was gone when it was to be locked: then it is better to wait for a
     *     delete that is under way
     */
    static Action insert(PlannedParent parent, boolean again, Collection<Sql> conditions) {
        ParentRule rule = parent.rule();
        Sql values = parent.columns().stream()
                .map(column -> Sql.value(column.type(), parent.value(column)))
                .collect(Sql.toList());
        List<Sql> all = new ArrayList<>();
        if (!again) {
            all.add(Sql.of(
                    "NOT EXISTS (SELECT FROM %s p WHERE %s)",
                    rule.table().name(), Sql.join(" AND ", keyEquals(rule, parent.key()))));
        }
        all.addAll(conditions);
        all.addAll(SoftReference.condition(rule));
        return new Action.Write(Sql.of(
                """
                INSERT INTO %s (%s)
                SELECT %s%s
                ON CONFLICT (%s) DO NOTHING""",
                rule.table().name(),
                names(parent.columns()),
                values,
                Sql.and("\nWHERE ", all),
                names(rule.key().columns())));
    }

    /** Locks the parent and answers with what {@link ParentReading} reads; no row if it is absent. */
    static Action lock(PlannedParent parent, ParentReading reading) {
        ParentRule rule = parent.rule();
        List<Sql> columns = reading.lockedColumns(column -> matches(column, parent));
        if (columns.isEmpty()) {
            columns.add(Sql.of("true"));
        }
        return new Action.Read(
                Sql.of(
                        """
                        SELECT %s
                        FROM %s p
                        WHERE %s
                        FOR %s OF p""",
                        Sql.list(columns),
                        rule.table().name(),
                        Sql.join(" AND ", keyEquals(rule, parent.key())),
                        lockStrength(rule)),
                reading.lockedClasses());
    }

    /** Whether the parent is there, without a lock: what is left of the question when Guard is not to enforce. */
    static Action look(ParentRow parent) {
        ParentRule rule = parent.rule();
        return new Action.Read(
                Sql.of("""
                        SELECT EXISTS (
                        SELECT FROM %s p
                        WHERE %s)""", rule.table().name(), Sql.join(" AND ", keyEquals(rule, parent.key()))),
                List.of(Boolean.class));
    }

    /** TOUCH: writes into the parent that is there, unless it would be refused. */
    static Action touch(PlannedParent parent, ParentReading reading) {
        List<SqlPart> columns = new ArrayList<>(qualified(reading.keys().selected()));
        columns.addAll(touched(touchOf(parent.rule())));
        if (columns.isEmpty()) {
            columns.add(Sql.of("true"));
        }
        return new Action.Returning(update(parent, columns, usable(parent)), reading.touchedClasses());
    }

    /** The UPDATE of TOUCH under those conditions, returning the columns given. */
    static Sql update(PlannedParent parent, Collection<? extends SqlPart> returned, Collection<Sql> conditions) {
        ParentRule rule = parent.rule();
        return Sql.of(
                """
                UPDATE %s p
                SET %s
                WHERE %s
                RETURNING %s""",
                rule.table().name(),
                Sql.list(assignments(touchOf(rule), parent)),
                Sql.join(" AND ", conditions),
                Sql.list(returned));
    }

    /** The conditions under which the row is the parent, and may be used. */
    static List<Sql> usable(PlannedParent parent) {
        ParentRule rule = parent.rule();
        List<Sql> conditions = isThatParent(parent);
        rule.match().forEach(column -> conditions.add(matches(column, parent)));
        rule.requiredState().ifPresent(state -> conditions.add(inState(state)));
        conditions.addAll(referable(rule));
        return conditions;
    }

    /** The conditions under which children can refer to the row at all. */
    static List<Sql> referable(ParentRule rule) {
        return rule.nullableReference().stream()
                .map(column -> Sql.of("%s IS NOT NULL", qualified(column)))
                .toList();
    }

    /** The conditions under which the row is the parent, whatever it says; at the level that a soft reference needs. */
    static List<Sql> isThatParent(PlannedParent parent) {
        List<Sql> conditions = keyEquals(parent.rule(), parent.key());
        conditions.addAll(SoftReference.condition(parent.rule()));
        return conditions;
    }

    static List<Sql> keyEquals(ParentRule rule, RowKey key) {
        List<Sql> conditions = new ArrayList<>();
        for (Column column : rule.key().columns()) {
            conditions.add(Equality.equal(column, qualified(column), Sql.value(column.type(), key.value(column))));
        }
        return conditions;
    }

    static Sql inState(RequiredState state) {
        return Sql.of("COALESCE(%s = ANY (%s), false)", stateText(state), Sql.array(new ArrayList<>(state.allowed())));
    }

    static Sql stateText(RequiredState state) {
        return Sql.of("CAST(%s AS %s)", qualified(state.column()), TEXT);
    }

    /** The weakest lock that keeps the promise: two sharers that both update would deadlock. */
    static Sql lockStrength(ParentRule rule) {
        return Sql.of(rule.touch().isPresent() ? "NO KEY UPDATE" : locksLeast(rule) ? "KEY SHARE" : "SHARE");
    }

    /**
     * Whether that is the weakest lock there is. The server grants it, once in a while, beside a FOR UPDATE: a foreign
     * key then has the last word, a soft reference has none (ADR 12).
     */
    static boolean locksLeast(ParentRule rule) {
        return rule.touch().isEmpty() && rule.requiredState().isEmpty() && !rule.soft();
    }

    static Sql names(Collection<Column> columns) {
        return columns.stream().map(Column::name).collect(Sql.toList());
    }

    static Sql qualified(Column column) {
        return Sql.of("p.%s", column.name());
    }

    static List<Sql> qualified(Collection<Column> columns) {
        return columns.stream().map(ParentSql::qualified).toList();
    }

    private static Sql matches(Column column, PlannedParent parent) {
        return Equality.same(column, qualified(column), Sql.value(column.type(), parent.value(column)));
    }

    /** Whether the parent is there, and has another value in a column that must match. */
    static Sql disagrees(PlannedParent parent) {
        ParentRule rule = parent.rule();
        List<Sql> agrees =
                rule.match().stream().map(column -> matches(column, parent)).toList();
        return Sql.of(
                "EXISTS (SELECT FROM %s p WHERE %s AND NOT (%s))",
                rule.table().name(), Sql.join(" AND ", keyEquals(rule, parent.key())), Sql.join(" AND ", agrees));
    }

    private static List<Sql> assignments(Touch touch, PlannedParent parent) {
        List<Sql> assignments = new ArrayList<>();
        for (Column column : touch.values()) {
            assignments.add(Sql.of("%s = %s", column.name(), Sql.value(column.type(), parent.value(column))));
        }
        assignments.addAll(clocksAndVersion(touch));
        return assignments;
    }

    static List<Sql> clocksAndVersion(Touch touch) {
        List<Sql> assignments = new ArrayList<>();
        touch.clocks().forEach(column -> assignments.add(Sql.of("%s = CURRENT_TIMESTAMP", column.name())));
        Column version = touch.version();
        if (version != null) {
            assignments.add(Sql.of(
                    version.required() ? "%s = %s + 1" : "%s = COALESCE(%s, 0) + 1",
                    version.name(),
                    qualified(version)));
        }
        return assignments;
    }

    /** What the database has chosen: the version and the times. */
    static List<Sql> touched(Touch touch) {
        List<Sql> columns = new ArrayList<>();
        Column version = touch.version();
        if (version != null) {
            columns.add(Sql.of("CAST(%s AS %s)", qualified(version), BIGINT));
        }
        columns.addAll(qualified(touch.clocks()));
        return columns;
    }

    private static Touch touchOf(ParentRule rule) {
        return rule.touch().orElseThrow(() -> new IllegalArgumentException(rule + " does not touch"));
    }
}

package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Row;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.schema.Column;
import dev.writeguard.sql.Sql;
import dev.writeguard.sql.SqlPart;
import dev.writeguard.sql.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The statements about many parents: docs/protocols/bulk.md. */
final class BulkSql {

    private BulkSql() {}

    /**
     * Inserts the absent ones in key order, the first input of a key winning; answers with the positions created.
     *
     * @param allOrNone inserts none if one that is there may not be used
     */
    static Action insert(ParentRule rule, Input input, boolean allOrNone) {
        List<Column> key = rule.key().columns();
        List<Sql> conditions = new ArrayList<>(List.of(
                Sql.of("NOT EXISTS (SELECT FROM %s p WHERE %s)", rule.table().name(), keyJoin(rule, input))));
        if (allOrNone && rule.refusable()) {
            conditions.add(Sql.of(
                    "NOT EXISTS (SELECT FROM (%s) u JOIN %s p ON %s WHERE NOT (%s))",
                    input.rows(), rule.table().name(), keyJoin(rule, input), Sql.join(" AND ", agrees(rule, input))));
        }
        conditions.addAll(SoftReference.condition(rule));
        return new Action.Returning(
                Sql.of(
                        """
                        WITH chosen AS MATERIALIZED (
                        %s),
                        created AS (
                        INSERT INTO %s (%s)
                        SELECT %s FROM chosen u
                        WHERE %s
                        ORDER BY %s
                        ON CONFLICT (%s) DO NOTHING
                        RETURNING %s)
                        SELECT u.i FROM created p LEFT JOIN chosen u ON %s""",
                        firstOfEachKey(rule, input),
                        rule.table().name(),
                        ParentSql.names(input.columns()),
                        Sql.list(input.of(input.columns())),
                        Sql.join(" AND ", conditions),
                        Sql.list(input.sorted(key)),
                        ParentSql.names(key),
                        ParentSql.names(key),
                        keyJoin(rule, input)),
                List.of(Long.class));
    }

    /**
     * The positions that {@link #insert} has created.
     *
     * @throws dev.writeguard.violation.GuardException {@code GRD-102} if one was stored under another key than the one
     *     given
     */
    static Set<Integer> created(ParentRule rule, Answer inserted, Run run) {
        Set<Integer> positions = new LinkedHashSet<>();
        for (Row row : inserted.rows()) {
            if (row.value(0) == null) {
                run.written().beyondReach();
                throw Attempts.hidden(rule);
            }
            positions.add(row.index(0));
        }
        return positions;
    }

    /**
     * Locks those that are there, before the absent ones are inserted: none of them can leave in between. Otherwise a
     * repetition would insert lower keys while higher ones are held, and two sessions could wait for each other. The
     * weakest lock does, and only the weakest: a stronger one is held here while lower keys are inserted.
     */
    static Action lockExisting(ParentRule rule, Input input) {
        return lockOnly(rule, input, Sql.of("KEY SHARE"));
    }

    /**
     * Waits for those that others touch, before {@link BulkTouchSql#lockAndTouch} does. At READ COMMITTED that one then
     * sees what it updates. If it waited itself, its UPDATE would begin at an older version of the row, at which others
     * queue.
     */
    static Action lockForTouch(ParentRule rule, Input input) {
        return lockOnly(rule, input, ParentSql.lockStrength(rule));
    }

    private static Action lockOnly(ParentRule rule, Input input, Sql strength) {
        return new Action.Read(Sql.of("""
                        WITH l AS MATERIALIZED (
                        %s)
                        SELECT count(*) FROM l""", lockOf(rule, input, List.of(Sql.of("u.i")), strength)), List.of(Long.class));
    }

    /** Locks those that are there, in key order; answers with the position and what {@link ParentReading} reads. */
    static Action lock(ParentRule rule, Input input, ParentReading reading, boolean orFail) {
        return lock(rule, input, reading, ParentSql.lockStrength(rule), orFail);
    }

    /** The same with the weakest lock. */
    static Action look(ParentRule rule, Input input, ParentReading reading) {
        return lock(rule, input, reading, Sql.of("KEY SHARE"), false);
    }

    private static Action lock(ParentRule rule, Input input, ParentReading reading, Sql strength, boolean orFail) {
        List<SqlPart> columns = new ArrayList<>(List.of(Sql.of("u.i")));
        columns.addAll(reading.lockedColumns(column -> matches(column, input)));
        List<Class<?>> classes = new ArrayList<>(List.of(Long.class));
        classes.addAll(reading.lockedColumnClasses());
        Sql lock = lockOf(rule, input, columns, strength);
        return new Action.Read(orFail ? whole(lock, input) : lock, classes);
    }

    private static Sql whole(Sql lock, Input input) {
        return Sql.of("""
                WITH l AS MATERIALIZED (
                %s)
                SELECT * FROM l
                WHERE %s""", lock, allLocked(input));
    }

    /** That each of the input is in {@code l}, or the message fails with all that it has written. */
    static Sql allLocked(Input input) {
        return SqlAssertion.holds(
                Sql.of("(SELECT count(*) FROM l) = %s", Sql.value(TypeName.builtIn("int8"), input.size())));
    }

    /** The locking SELECT of {@link #lock}, with columns of the caller's choice. */
    static Sql lockOf(ParentRule rule, Input input, List<SqlPart> columns, Sql strength) {
        return Sql.of(
                """
                SELECT %s
                FROM (%s) u JOIN %s p ON %s
                ORDER BY %s, u.i
                FOR %s OF p""",
                Sql.list(columns),
                input.rows(),
                rule.table().name(),
                keyJoin(rule, input),
                Sql.list(input.sorted(rule.key().columns())),
                strength);
    }

    static Sql firstOfEachKey(ParentRule rule, Input input) {
        Sql key = Sql.list(input.sorted(rule.key().columns()));
        return Sql.of("SELECT DISTINCT ON (%s) u.* FROM (%s) u ORDER BY %s, u.i", key, input.rows(), key);
    }

    static Sql keyJoin(ParentRule rule, Input input) {
        return Sql.join(
                " AND ",
                rule.key().columns().stream()
                        .map(column -> Equality.equal(column, ParentSql.qualified(column), given(column, input)))
                        .toList());
    }

    /** Whether a row that is there may be used. */
    private static List<Sql> agrees(ParentRule rule, Input input) {
        List<Sql> conditions = new ArrayList<>();
        rule.match().forEach(column -> conditions.add(matches(column, input)));
        rule.requiredState().ifPresent(state -> conditions.add(ParentSql.inState(state)));
        conditions.addAll(ParentSql.referable(rule));
        return conditions;
    }

    static Sql matches(Column column, Input input) {
        return Equality.same(column, ParentSql.qualified(column), given(column, input));
    }

    private static Sql given(Column column, Input input) {
        return Sql.of("u.%s", input.name(column));
    }
}

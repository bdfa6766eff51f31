package dev.writeguard.ensure;

import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.ensure.EnsureOutcome.Refused;
import dev.writeguard.plan.Row;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.rule.Touch;
import dev.writeguard.schema.Column;
import dev.writeguard.sql.Sql;
import dev.writeguard.violation.FailureCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the row that a lock or a touch of a parent returns: stored keys, then for a lock a flag for each matched column
 * and the state, for a touch the version.
 */
final class ParentReading {

    private final ParentRule rule;
    private final KeyReading keys;

    /** What a touch has left in a row. */
    private record Touched(OptionalLong version, RowValues times) {}

    /** For rows of which the key is not asked. */
    ParentReading(ParentRule rule) {
        this(rule, List.of());
    }

    /**
     * @param given the parents that are read
     */
    ParentReading(ParentRule rule, Collection<PlannedParent> given) {
        this.rule = rule;
        this.keys = new KeyReading(rule, given);
    }

    KeyReading keys() {
        return keys;
    }

    /**
     * Whether a lock's answer can be part of a message of one implicit transaction: all columns are of known size, and
     * a row that was just created is not refused for what it says.
     */
    boolean fixedWidth() {
        return keys.fixedWidth()
                && clocks().stream().allMatch(Column::fixedWidth)
                && rule.requiredState().isEmpty()
                && rule.nullableReference().isEmpty();
    }

    /**
     * The columns of a lock, of the parent {@code p}.
     *
     * @param matches whether the parent agrees with the input in a column
     */
    List<Sql> lockedColumns(Function<Column, Sql> matches) {
        List<Sql> columns = new ArrayList<>(ParentSql.qualified(keys.selected()));
        rule.match().forEach(column -> columns.add(matches.apply(column)));
        rule.requiredState().ifPresent(state -> {
            columns.add(ParentSql.inState(state));
            columns.add(ParentSql.stateText(state));
        });
        return columns;
    }

    /**
     * Of those columns the conditions under which the parent may be used.
     *
     * @param locked what the columns are called where the conditions stand
     */
    List<Sql> usable(List<Sql> locked) {
        List<Sql> conditions = new ArrayList<>();
        List<Column> selected = keys.selected();
        for (int i = 0; i < selected.size(); i++) {
            if (rule.nullableReference().contains(selected.get(i))) {
                conditions.add(Sql.of("%s IS NOT NULL", locked.get(i)));
            }
        }
        int flags = rule.match().size() + (rule.requiredState().isPresent() ? 1 : 0);
        conditions.addAll(locked.subList(selected.size(), selected.size() + flags));
        return conditions;
    }

    List<Class<?>> lockedClasses() {
        return orFlag(lockedColumnClasses());
    }

    /** The same without the flag that stands in for no columns at all. */
    List<Class<?>> lockedColumnClasses() {
        List<Class<?>> classes = new ArrayList<>(keys.classes());
        rule.match().forEach(column -> classes.add(Boolean.class));
        if (rule.requiredState().isPresent()) {
            classes.add(Boolean.class);
            classes.add(String.class);
        }
        return classes;
    }

    List<Class<?>> touchedClasses() {
        List<Class<?>> classes = new ArrayList<>(keys.classes());
        classes.addAll(touchedColumnClasses());
        return orFlag(classes);
    }

    /** Of that alone which a touch has left: the version and the times. */
    List<Class<?>> touchedColumnClasses() {
        List<Class<?>> classes = new ArrayList<>();
        if (versioned()) {
            classes.add(Long.class);
        }
        classes.addAll(KeyReading.classes(clocks()));
        return classes;
    }

    /**
     * What a locked row means.
     *
     * @param offset columns in front of the parent's
     */
    EnsureOutcome locked(RowKey given, Row row, int offset, boolean created) {
        Refusal refusal = refusal(row, offset);
        if (refusal == null) {
            return present(given, row, offset, created, untouched());
        }
        if (created) {
            FailureCode code = refusal instanceof Refusal.NullReference ? refusal.code() : FailureCode.CREATED_STATE;
            throw PlannedParent.failure(rule, code, "the row was created, but " + whyNew(refusal));
        }
        return new Refused(keys.key(given, row, offset), refusal);
    }

    private static String whyNew(Refusal refusal) {
        return refusal instanceof Refusal.Mismatch mismatch
                ? "was stored with other values in " + mismatch.columns() + " than those given."
                : refusal.why();
    }

    /** The outcome with what a touch has left, of a row that was locked and touched in one statement. */
    EnsureOutcome touchedToo(EnsureOutcome outcome, Row row, int offset) {
        int first = offset + lockedColumnClasses().size();
        boolean touched = !touchedColumnClasses().isEmpty() && row.value(first) != null;
        if (!touched) {
            return outcome;
        }
        if (outcome instanceof Created created) {
            return present(created.key(), created.reference(), true, left(row, first));
        }
        return outcome instanceof Existing existing
                ? present(existing.key(), existing.reference(), false, left(row, first))
                : outcome;
    }

    /**
     * @param first the column where it begins
     */
    private Touched left(Row row, int first) {
        OptionalLong version = versioned() ? OptionalLong.of(row.value(first, Long.class)) : OptionalLong.empty();
        int position = versioned() ? first + 1 : first;
        Object[] times = IntStream.range(position, position + clocks().size())
                .mapToObj(row::value)
                .toArray();
        return new Touched(version, RowValues.stored(rule.table(), clocks(), times));
    }

    private Touched untouched() {
        return new Touched(OptionalLong.empty(), RowValues.none(rule.table()));
    }

    /** What a touched row means. */
    EnsureOutcome touched(RowKey given, Row row, int offset, boolean created) {
        int first = offset + keys.selected().size();
        return present(given, row, offset, created, left(row, first));
    }

    private EnsureOutcome present(RowKey given, Row row, int offset, boolean created, Touched touched) {
        return present(keys.key(given, row, offset), keys.reference(given, row, offset), created, touched);
    }

    private static EnsureOutcome present(RowKey key, RowKey reference, boolean created, Touched touched) {
        return created
                ? new Created(key, reference, touched.version(), touched.times())
                : new Existing(key, reference, touched.version(), touched.times());
    }

    private @Nullable Refusal refusal(Row row, int offset) {
        List<Column> different = new ArrayList<>();
        int position = offset + keys.selected().size();
        for (Column column : rule.match()) {
            if (!row.flag(position++)) {
                different.add(column);
            }
        }
        if (!different.isEmpty()) {
            return new Refusal.Mismatch(different);
        }
        if (rule.requiredState().isPresent() && !row.flag(position)) {
            return new Refusal.WrongState(rule.requiredState().get().column(), String.valueOf(row.value(position + 1)));
        }
        List<Column> nulls = keys.nulls(rule.nullableReference(), row, offset);
        return nulls.isEmpty() ? null : new Refusal.NullReference(nulls);
    }

    private List<Column> clocks() {
        return rule.touch().map(Touch::clocks).orElse(List.of());
    }

    private boolean versioned() {
        return rule.touch().isPresent() && rule.touch().get().version() != null;
    }

    /** A row needs a column, if only to be there. */
    private static List<Class<?>> orFlag(List<Class<?>> classes) {
        return classes.isEmpty() ? List.of(Boolean.class) : classes;
    }
}

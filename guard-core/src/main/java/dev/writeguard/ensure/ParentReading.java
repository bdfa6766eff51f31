package dev.writeguard.ensure;

import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.ensure.EnsureOutcome.Refused;
import dev.writeguard.plan.Row;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.schema.Column;
import dev.writeguard.sql.Sql;
import dev.writeguard.violation.FailureCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the row that a lock or a touch of a parent returns: stored keys, then for a lock a flag for each matched column
 * and the state, for a touch the version.
 */
final class ParentReading {

    private final ParentRule rule;
    private final KeyReading keys;

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
        if (versioned()) {
            classes.add(Long.class);
        }
        return orFlag(classes);
    }

    /**
     * What a locked row means.
     *
     * @param offset columns in front of the parent's
     */
    EnsureOutcome locked(RowKey given, Row row, int offset, boolean created) {
        Refusal refusal = refusal(row, offset);
        if (refusal == null) {
            return present(given, row, offset, created, OptionalLong.empty());
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

    /** The outcome with the version that a touch left. */
    static EnsureOutcome withVersion(EnsureOutcome outcome, OptionalLong version) {
        if (outcome instanceof Created created) {
            return new Created(created.key(), created.reference(), version);
        }
        return outcome instanceof Existing existing
                ? new Existing(existing.key(), existing.reference(), version)
                : outcome;
    }

    /** The version behind a row that was locked and touched in one statement; empty if it was not touched. */
    OptionalLong versionAfter(Row row, int offset) {
        Object version = versioned() ? row.value(offset + lockedColumnClasses().size()) : null;
        return version == null ? OptionalLong.empty() : OptionalLong.of((Long) version);
    }

    /** What a touched row means. */
    EnsureOutcome touched(RowKey given, Row row, int offset, boolean created) {
        OptionalLong version = versioned()
                ? OptionalLong.of(row.value(offset + keys.selected().size(), Long.class))
                : OptionalLong.empty();
        return present(given, row, offset, created, version);
    }

    private EnsureOutcome present(RowKey given, Row row, int offset, boolean created, OptionalLong version) {
        RowKey key = keys.key(given, row, offset);
        RowKey reference = keys.reference(given, row, offset);
        return created ? new Created(key, reference, version) : new Existing(key, reference, version);
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

    private boolean versioned() {
        return rule.touch().isPresent() && rule.touch().get().version() != null;
    }

    /** A row needs a column, if only to be there. */
    private static List<Class<?>> orFlag(List<Class<?>> classes) {
        return classes.isEmpty() ? List.of(Boolean.class) : classes;
    }
}

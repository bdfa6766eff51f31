package dev.writeguard.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parent that has to be there: the rule, the key, the values to create it with, and the ancestors that it needs
 * itself. Immutable.
 *
 * @since 0.1
 */
public final class ParentRow {

    private final ParentRule rule;
    private final RowKey key;
    private final @Nullable RowValues values;
    private final List<ParentRow> ancestors;

    private ParentRow(ParentRule rule, RowKey key, @Nullable RowValues values, List<ParentRow> ancestors) {
        this.rule = Objects.requireNonNull(rule, "rule");
        this.key = RowKey.required(rule.table(), key);
        this.values = values;
        this.ancestors = List.copyOf(ancestors);
    }

    /** A parent without values of its own: the rule's template supplies them, or the database's defaults. */
    public static ParentRow of(ParentRule rule, RowKey key) {
        return new ParentRow(rule, key, null, List.of());
    }

    /** A parent that is created with these values if it is absent. */
    public static ParentRow of(ParentRule rule, RowKey key, RowValues values) {
        return new ParentRow(rule, key, Objects.requireNonNull(values, "values"), List.of());
    }

    /**
     * The same parent below an ancestor, which is ensured first, and only if this parent is absent. The parent's
     * columns of the foreign key to the ancestor's table are filled from the ancestor. An ancestor is never touched,
     * since this parent can still be refused, or turn out to be there.
     */
    public ParentRow under(ParentRow ancestor) {
        List<ParentRow> all = new ArrayList<>(ancestors);
        all.add(Objects.requireNonNull(ancestor, "ancestor"));
        return new ParentRow(rule, key, values, all);
    }

    public ParentRule rule() {
        return rule;
    }

    public RowKey key() {
        return key;
    }

    public Optional<RowValues> values() {
        return Optional.ofNullable(values);
    }

    public List<ParentRow> ancestors() {
        return ancestors;
    }

    /** Table and columns; never the values. */
    @Override
    public String toString() {
        return "ParentRow[" + key + "]";
    }
}

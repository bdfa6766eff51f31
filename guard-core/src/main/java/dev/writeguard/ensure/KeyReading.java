package dev.writeguard.ensure;

import dev.writeguard.plan.Row;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.schema.Column;
import dev.writeguard.schema.UniqueKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How the stored keys of a parent are known: from the input where equal values are identical and of the column's class,
 * else from the row that the lock returns.
 */
final class KeyReading {

    private static final Map<String, Class<?>> CLASSES = Map.ofEntries(
            Map.entry("int2", Short.class),
            Map.entry("int4", Integer.class),
            Map.entry("int8", Long.class),
            Map.entry("bool", Boolean.class),
            Map.entry("uuid", UUID.class),
            Map.entry("oid", Long.class),
            Map.entry("text", String.class),
            Map.entry("varchar", String.class),
            Map.entry("bpchar", String.class),
            Map.entry("char", String.class),
            Map.entry("bytea", byte[].class),
            Map.entry("numeric", BigDecimal.class),
            Map.entry("date", LocalDate.class),
            Map.entry("time", LocalTime.class),
            Map.entry("timestamp", LocalDateTime.class),
            Map.entry("timestamptz", OffsetDateTime.class));

    private final ParentRule rule;
    private final List<Column> selected;

    /**
     * @param given the parents whose keys are to be known
     */
    KeyReading(ParentRule rule, Collection<PlannedParent> given) {
        this.rule = rule;
        Set<Column> unknown = new HashSet<>();
        given.forEach(parent -> unknown.addAll(convertedByServer(parent)));
        List<Column> key = rule.key().columns();
        this.selected = new ArrayList<>();
        for (Column column : key) {
            if (!column.exactEquality() || unknown.contains(column)) {
                selected.add(column);
            }
        }
        for (Column column : rule.reference().columns()) {
            if (!key.contains(column)) {
                selected.add(column);
            }
        }
    }

    /** The columns of a key that would be the same as stored, but are given in another class than the column's. */
    static List<Column> convertedByServer(PlannedParent parent) {
        List<Column> converted = new ArrayList<>();
        for (Column column : parent.rule().key().columns()) {
            if (column.exactEquality() && !exactClass(column).isInstance(parent.value(column))) {
                converted.add(column);
            }
        }
        return converted;
    }

    /** Of types with exact equality those that are not built in are enums. */
    private static Class<?> exactClass(Column column) {
        Class<?> builtIn = classOf(column);
        return builtIn == Object.class ? String.class : builtIn;
    }

    /** The columns that the lock has to return. */
    List<Column> selected() {
        return selected;
    }

    List<Class<?>> classes() {
        return classes(selected);
    }

    /** Whether the rows returned have a size that the driver knows, so that they do not break up a message. */
    boolean fixedWidth() {
        return selected.stream().allMatch(Column::fixedWidth);
    }

    /** The rule's key as stored. */
    RowKey key(RowKey given, Row row, int offset) {
        return read(rule.key(), given, row, offset);
    }

    /** The key that children refer to, as stored. */
    RowKey reference(RowKey given, Row row, int offset) {
        return read(rule.reference(), given, row, offset);
    }

    /** Those of the columns that are NULL in the row. */
    List<Column> nulls(List<Column> columns, Row row, int offset) {
        List<Column> nulls = new ArrayList<>();
        for (Column column : columns) {
            if (row.value(offset + selected.indexOf(column)) == null) {
                nulls.add(column);
            }
        }
        return nulls;
    }

    private RowKey read(UniqueKey key, RowKey given, Row row, int offset) {
        if (selected.isEmpty() && given.key().equals(key)) {
            return given;
        }
        Object[] values = key.columns().stream()
                .map(column ->
                        selected.contains(column) ? row.value(offset + selected.indexOf(column)) : given.value(column))
                .toArray();
        return RowKey.of(rule.table(), key, values);
    }

    static List<Class<?>> classes(List<Column> columns) {
        List<Class<?>> classes = new ArrayList<>();
        columns.forEach(column -> classes.add(classOf(column)));
        return classes;
    }

    private static Class<?> classOf(Column column) {
        return column.type().schema().name().equals("pg_catalog")
                ? CLASSES.getOrDefault(column.type().name().name(), Object.class)
                : Object.class;
    }
}

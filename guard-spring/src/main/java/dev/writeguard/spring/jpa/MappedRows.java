package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.schema.Column;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Between the ids and attributes of entities and the keys and columns of their rows, through Hibernate's mapping. */
final class MappedRows {

    private MappedRows() {}

    /** The key of the row with that id, for a rule whose key is the id. */
    static RowKey key(ParentRule rule, EntityPersister persister, Object id, SharedSessionContractImplementor session) {
        return rule.key(keyValues(rule, persister.getIdentifierMapping(), id, session));
    }

    /** The key of the row with the natural id of an instance, for a rule whose key is that; empty if some of it is null. */
    static Optional<RowKey> naturalKey(
            ParentRule rule, EntityPersister persister, Object instance, SharedSessionContractImplementor session) {
        NaturalIdMapping naturalId = Objects.requireNonNull(persister.getNaturalIdMapping(), "natural id");
        Object[] values = keyValues(rule, naturalId, naturalId.extractNaturalIdFromEntity(instance), session);
        return Stream.of(values).allMatch(Objects::nonNull) ? Optional.of(rule.key(values)) : Optional.empty();
    }

    private static Object[] keyValues(
            ParentRule rule, ModelPart part, @Nullable Object value, SharedSessionContractImplementor session) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        addColumns(part, value, columns, session);
        return rule.key().columns().stream()
                .map(column ->
                        RecordedParameter.inColumn(columns.get(column.name().name()), column))
                .toArray();
    }

    /** The key of a row with those values. */
    static RowKey key(ParentRule rule, RowValues values) {
        return rule.key(rule.key().columns().stream().map(values::value).toArray());
    }

    /**
     * What is compared with a row that is there or written into it, of an instance.
     *
     * @param attributes that are
     * @param instance null if nothing but the id is known
     * @return the tenant alone without an instance; the rule then asks for the others
     */
    static RowValues read(
            ParentRule rule,
            List<String> attributes,
            EntityPersister persister,
            @Nullable Object instance,
            SharedSessionContractImplementor session) {
        RowValues.Builder row = rule.values();
        Map<String, @Nullable Object> columns = new HashMap<>();
        if (instance != null) {
            for (String attribute : attributes) {
                AttributeMapping mapping = persister.findAttributeMapping(attribute);
                addColumns(mapping, mapping.getValue(instance), columns, session);
            }
        }
        TenantAttribute.of(persister)
                .ifPresent(tenant -> tenant.expected(persister, instance, session)
                        .ifPresent(value ->
                                addColumns(persister.findAttributeMapping(tenant.name()), value, columns, session)));
        columns.forEach((name, value) -> {
            Column column = rule.table().column(name).orElseThrow();
            row.set(column, RecordedParameter.inColumn(value, column));
        });
        return row.build();
    }

    private static void addColumns(
            ModelPart part,
            @Nullable Object value,
            Map<String, @Nullable Object> columns,
            SharedSessionContractImplementor session) {
        part.breakDownJdbcValues(
                value,
                0,
                null,
                null,
                (index, x, y, jdbcValue, selectable) -> columns.put(
                        MappedNames.column(selectable.getSelectionExpression()),
                        sent(selectable.getJdbcMapping(), jdbcValue, session)),
                session);
    }

    private static @Nullable Object sent(
            JdbcMapping mapping, @Nullable Object value, SharedSessionContractImplementor session) {
        try {
            return RecordedParameter.of(mapping, value, session);
        } catch (SQLException failure) {
            throw new HibernateException("A value of a key cannot be bound", failure);
        }
    }

    /**
     * The id of a parent that is there.
     *
     * @param given the id that the row was to have; null if the database gives ids
     */
    static Object id(
            EnsureOutcome outcome,
            EntityPersister persister,
            @Nullable Object given,
            SharedSessionContractImplementor session) {
        boolean own = given != null && (outcome instanceof EnsureOutcome.Created || AssignedIds.of(persister));
        return own
                ? Objects.requireNonNull(given)
                : stored(outcome.present().orElseThrow().reference(), persister, session);
    }

    /** A generated id has one column. */
    private static Object stored(
            RowKey reference, EntityPersister persister, SharedSessionContractImplementor session) {
        JdbcMapping mapping = persister.getIdentifierMapping().getSingleJdbcMapping();
        Object wrapped = mapping.getJdbcJavaType().wrap(reference.value(0), session);
        return Objects.requireNonNull(mapping.convertToDomainValue(wrapped));
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.schema.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.HibernateException;
import org.hibernate.engine.jdbc.batch.spi.Batch;
import org.hibernate.engine.jdbc.mutation.JdbcValueBindings;
import org.hibernate.engine.jdbc.mutation.MutationExecutor;
import org.hibernate.engine.jdbc.mutation.OperationResultChecker;
import org.hibernate.engine.jdbc.mutation.ParameterUsage;
import org.hibernate.engine.jdbc.mutation.TableInclusionChecker;
import org.hibernate.engine.jdbc.mutation.group.PreparedStatementDetails;
import org.hibernate.engine.jdbc.mutation.internal.NoBatchKeyAccess;
import org.hibernate.engine.jdbc.mutation.spi.BindingGroup;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.values.GeneratedValues;
import org.hibernate.persister.entity.mutation.EntityTableMapping;
import org.hibernate.sql.model.MutationOperation;
import org.hibernate.sql.model.MutationOperationGroup;
import org.hibernate.sql.model.PreparableMutationOperation;
import org.hibernate.sql.model.TableMapping;
import org.hibernate.sql.model.ValuesAnalysis;
import org.hibernate.sql.model.jdbc.JdbcValueDescriptor;
import org.jspecify.annotations.Nullable;

/** The INSERT of one entity as Hibernate would execute it: heard, not sent. */
final class CapturedInsert implements MutationExecutor, JdbcValueBindings {

    private final MutationOperationGroup group;
    private final SharedSessionContractImplementor session;
    private final Map<String, Map<String, @Nullable Object>> bound = new HashMap<>();
    private final List<MutationOperation> included = new ArrayList<>();
    private final Function<CapturedInsert, @Nullable GeneratedValues> instead;
    private @Nullable Object entity;
    private @Nullable ValuesAnalysis analysis;
    private @Nullable OperationResultChecker checker;

    /**
     * @param instead what is done when it would be executed, and what that returns
     */
    CapturedInsert(
            MutationOperationGroup group,
            SharedSessionContractImplementor session,
            Function<CapturedInsert, @Nullable GeneratedValues> instead) {
        this.group = group;
        this.session = session;
        this.instead = instead;
    }

    @Override
    public JdbcValueBindings getJdbcValueBindings() {
        return this;
    }

    @Override
    public void bindValue(@Nullable Object value, String table, String column, ParameterUsage usage) {
        bound.computeIfAbsent(table, unknown -> new LinkedHashMap<>()).put(column, value);
    }

    @Override
    public @Nullable GeneratedValues execute(
            @Nullable Object model,
            ValuesAnalysis values,
            @Nullable TableInclusionChecker inclusion,
            @Nullable OperationResultChecker results,
            SharedSessionContractImplementor executing) {
        entity = model;
        analysis = values;
        checker = results;
        for (int i = 0; i < group.getNumberOfOperations(); i++) {
            MutationOperation operation = group.getOperation(i);
            if (inclusion == null || inclusion.include(operation.getTableDetails())) {
                included.add(operation);
            }
        }
        return instead.apply(this);
    }

    @Override
    public @Nullable GeneratedValues execute(
            @Nullable Object model,
            ValuesAnalysis values,
            @Nullable TableInclusionChecker inclusion,
            @Nullable OperationResultChecker results,
            SharedSessionContractImplementor executing,
            Batch.@Nullable StaleStateMapper stale) {
        return execute(model, values, inclusion, results, executing);
    }

    /** What goes into the first table, the one with the id: a value for each column that Hibernate would write. */
    RowValues firstRow(ParentRule rule) {
        PreparableMutationOperation operation = (PreparableMutationOperation) included.get(0);
        Map<String, @Nullable Object> values =
                bound.getOrDefault(operation.getTableDetails().getTableName(), Map.of());
        RowValues.Builder row = RowValues.of(rule.table());
        Map<String, String> expressions = InsertText.expressions(operation.getSqlString());
        Map<String, String> bound = own(operation) ? boundByPosition(operation, expressions, values) : Map.of();
        expressions.forEach((name, expression) -> {
            Column column = rule.table()
                    .column(MappedNames.column(name))
                    .orElseThrow(() -> new HibernateException(
                            "The table " + rule.table().name() + " has no column " + name + ", which the mapping has"));
            if (InsertText.bound(expression)) {
                String source = bound.getOrDefault(name, name);
                row.set(column, parameter(operation, source, values.get(source), column));
            } else if (InsertText.constant(expression)) {
                row.set(column, InsertText.value(expression));
            } else if (!InsertText.leftToTheDatabase(expression)) {
                throw new HibernateException("Guard cannot write the expression of the column " + column);
            }
        });
        return row.build();
    }

    /** Whether the text is the application's own. */
    private static boolean own(MutationOperation operation) {
        return operation.getTableDetails().getInsertDetails().getCustomSql() != null;
    }

    private static Map<String, String> boundByPosition(
            MutationOperation operation, Map<String, String> expressions, Map<String, @Nullable Object> values) {
        Map<Integer, String> positions = new HashMap<>();
        for (String column : values.keySet()) {
            JdbcValueDescriptor descriptor = operation.findValueDescriptor(column, ParameterUsage.SET);
            if (descriptor != null) {
                positions.put(descriptor.getJdbcPosition(), column);
            }
        }
        return InsertText.boundTo(expressions, positions);
    }

    private @Nullable Object parameter(
            MutationOperation operation, String name, @Nullable Object value, Column column) {
        JdbcValueDescriptor descriptor = operation.findValueDescriptor(name, ParameterUsage.SET);
        try {
            return RecordedParameter.inColumn(
                    RecordedParameter.of(descriptor.getJdbcMapping(), value, session), column);
        } catch (SQLException failure) {
            throw new HibernateException("The value of the column " + column + " cannot be bound", failure);
        }
    }

    /**
     * Writes the rows of the other tables: of subclasses, and of secondary tables.
     *
     * @param id which the database may have given to the first row
     */
    void executeOthers(MutationExecutorService executors, Object id) {
        if (included.size() < 2) {
            return;
        }
        List<MutationOperation> others = included.subList(1, included.size());
        MutationExecutor executor = executors.createExecutor(
                NoBatchKeyAccess.INSTANCE, new OtherTables(group.getMutationTarget(), others), session);
        try {
            for (MutationOperation operation : others) {
                String table = operation.getTableDetails().getTableName();
                values(operation, id)
                        .forEach((column, value) ->
                                executor.getJdbcValueBindings().bindValue(value, table, column, ParameterUsage.SET));
            }
            executor.execute(entity, analysis, null, checker, session);
        } finally {
            executor.release();
        }
    }

    private Map<String, @Nullable Object> values(MutationOperation operation, Object id) {
        TableMapping table = operation.getTableDetails();
        Map<String, @Nullable Object> values = new LinkedHashMap<>(bound.getOrDefault(table.getTableName(), Map.of()));
        ((EntityTableMapping) table)
                .getKeyMapping()
                .breakDownKeyJdbcValues(id, (value, column) -> values.put(column.getColumnName(), value), session);
        return values;
    }

    @Override
    public @Nullable PreparedStatementDetails getPreparedStatementDetails(String table) {
        return null;
    }

    @Override
    public @Nullable BindingGroup getBindingGroup(String table) {
        return null;
    }

    @Override
    public void beforeStatement(PreparedStatementDetails statement) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void afterStatement(TableMapping table) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release() {
        // Nothing is held.
    }
}

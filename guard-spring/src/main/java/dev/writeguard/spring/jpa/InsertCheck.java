package dev.writeguard.spring.jpa;

import dev.writeguard.rule.RuleFault;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.mutation.ParameterUsage;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.TableDetails;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.InsertCoordinator;
import org.hibernate.persister.entity.mutation.InsertCoordinatorStandard;
import org.hibernate.sql.model.MutationOperation;
import org.hibernate.sql.model.MutationOperationGroup;
import org.hibernate.sql.model.PreparableMutationOperation;
import org.hibernate.sql.model.TableMapping;
import org.hibernate.sql.model.jdbc.JdbcValueDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Whether Guard can write the INSERT of an entity, and of each of its subclasses, as Hibernate would. That is about the
 * first table; into the others Hibernate itself writes.
 */
final class InsertCheck {

    private final EntityPersister entity;
    private final List<RuleFault> faults = new ArrayList<>();
    private final Set<String> faultyColumns = new HashSet<>();

    InsertCheck(EntityPersister entity) {
        this.entity = entity;
    }

    /** None for a parent that has only a generated id: Guard finds it, and does not write it. */
    List<RuleFault> faults() {
        if (!AssignedIds.of(entity) && entity.getNaturalIdMapping() == null) {
            return faults;
        }
        checkKey();
        // Its own is among them.
        for (String name : entity.getSubclassEntityNames()) {
            check(entity.getFactory().getMappingMetamodel().getEntityDescriptor(name));
        }
        return faults;
    }

    private void checkKey() {
        if (entity.getNaturalIdMapping() != null
                && !AssignedIds.of(entity)
                && entity.getIdentifierMapping().getJdbcTypeCount() > 1) {
            fault(
                    entity,
                    "has a natural id beside an id of several columns, one of which is generated",
                    "assign the id");
        }
    }

    private void check(EntityPersister written) {
        if (written.isAbstract()) {
            return;
        }
        MutationOperation first = operations(written.getInsertCoordinator()).getOperation(0);
        TableMapping table = first.getTableDetails();
        String own = table.getInsertDetails().getCustomSql();
        if (own != null && (table.getInsertDetails().isCallable() || !understood(own, table, first))) {
            fault(
                    written,
                    "has an INSERT of its own, by @SQLInsert, that says more than which value goes into which column",
                    "write it as insert into " + table.getTableName()
                            + " (...) values (?, ...), or ensure this parent by hand");
        } else {
            checkColumns(written, (PreparableMutationOperation) first);
        }
    }

    /** The key is that of the instance: the other columns may be given what their text says. */
    private static boolean understood(String own, TableMapping table, MutationOperation insert) {
        Map<String, String> expressions = InsertText.expressions(own);
        return InsertText.saysNothingElse(own, table.getTableName())
                && table.getKeyDetails().getKeyColumns().stream()
                        .map(TableDetails.KeyColumn::getColumnName)
                        .allMatch(column -> {
                            JdbcValueDescriptor key = insert.findValueDescriptor(column, ParameterUsage.SET);
                            return key == null
                                    || column.equals(
                                            InsertText.boundTo(expressions, Map.of(key.getJdbcPosition(), column))
                                                    .get(column));
                        });
    }

    /** With {@code @DynamicInsert} there is no INSERT yet. */
    private static MutationOperationGroup operations(InsertCoordinator coordinator) {
        MutationOperationGroup group = coordinator.getStaticMutationOperationGroup();
        return group == null && coordinator instanceof InsertCoordinatorStandard standard
                ? standard.generateStaticOperationGroup()
                : group;
    }

    private void checkColumns(EntityPersister written, PreparableMutationOperation insert) {
        String table = insert.getTableDetails().getTableName();
        InsertText.expressions(insert.getSqlString()).forEach((column, expression) -> {
            boolean isOwn = !InsertText.constant(expression)
                    && !InsertText.leftToTheDatabase(expression)
                    && !isValue(expression, insert.findValueDescriptor(column, ParameterUsage.SET));
            if (isOwn && faultyColumns.add(column)) {
                fault(
                        written,
                        "writes an expression of its own into the column " + column,
                        "let a value be written, or ensure this parent by hand");
            }
        });
        written.forEachAttributeMapping(attribute -> attribute.forEachSelectable((index, selectable) -> {
            String column = selectable.getSelectionExpression();
            if (isLargeObject(selectable.getJdbcMapping())
                    && table.equals(selectable.getContainingTableExpression())
                    && faultyColumns.add(column)) {
                fault(written, "keeps the column " + column + " as a large object", "map it as text or bytea");
            }
        }));
    }

    /** As it is, or with the cast that Hibernate adds for the type; not with one that the mapping asks for. */
    private boolean isValue(String expression, @Nullable JdbcValueDescriptor parameter) {
        Dialect dialect = entity.getFactory().getJdbcServices().getDialect();
        return expression.equals("?")
                || InsertText.bound(expression)
                        && parameter != null
                        && parameter.getJdbcMapping().getJdbcType().isWriteExpressionTyped(dialect);
    }

    private static boolean isLargeObject(JdbcMapping mapping) {
        int code = mapping.getJdbcType().getJdbcTypeCode();
        return code == Types.CLOB || code == Types.NCLOB || code == Types.BLOB;
    }

    private void fault(EntityPersister written, String fault, String cure) {
        faults.add(new RuleFault("the parent " + written.getImportedName() + " " + fault, cure));
    }
}

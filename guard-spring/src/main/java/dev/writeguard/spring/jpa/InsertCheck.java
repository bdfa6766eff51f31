package dev.writeguard.spring.jpa;

import dev.writeguard.rule.RuleFault;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.InsertCoordinator;
import org.hibernate.sql.model.MutationOperation;
import org.hibernate.sql.model.MutationOperationGroup;
import org.hibernate.sql.model.PreparableMutationOperation;
import org.hibernate.sql.model.TableMapping;

/** Whether Guard can write the INSERT of an entity as Hibernate would. */
final class InsertCheck {

    private final EntityPersister entity;
    private final List<RuleFault> faults = new ArrayList<>();

    InsertCheck(EntityPersister entity) {
        this.entity = entity;
    }

    List<RuleFault> faults() {
        InsertCoordinator coordinator = entity.getInsertCoordinator();
        MutationOperationGroup group = coordinator.getStaticMutationOperationGroup();
        for (int i = 0; group != null && i < group.getNumberOfOperations(); i++) {
            check(group.getOperation(i), i == 0);
        }
        return faults;
    }

    private void check(MutationOperation operation, boolean first) {
        TableMapping table = operation.getTableDetails();
        if (!first) {
            return;
        }
        if (table.getInsertDetails().getCustomSql() != null) {
            fault("has an INSERT of its own, by @SQLInsert", "drop it, or ensure this parent by hand");
            return;
        }
        String sql = ((PreparableMutationOperation) operation).getSqlString();
        InsertText.expressions(sql).forEach((column, expression) -> {
            if (!InsertText.bound(expression) && !InsertText.constant(expression)) {
                fault(
                        "writes an expression of its own into the column " + column,
                        "let a value be written, or ensure this parent by hand");
            }
        });
        entity.forEachAttributeMapping(attribute -> attribute.forEachSelectable((index, selectable) -> {
            if (isLargeObject(selectable.getJdbcMapping())) {
                fault(
                        "keeps the column " + selectable.getSelectionExpression() + " as a large object",
                        "map it as text or bytea");
            }
        }));
    }

    private static boolean isLargeObject(JdbcMapping mapping) {
        int code = mapping.getJdbcType().getJdbcTypeCode();
        return code == Types.CLOB || code == Types.NCLOB || code == Types.BLOB;
    }

    private void fault(String fault, String cure) {
        faults.add(new RuleFault("the parent " + entity.getImportedName() + " " + fault, cure));
    }
}

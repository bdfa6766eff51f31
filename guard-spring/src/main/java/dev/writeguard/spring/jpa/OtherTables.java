package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.sql.model.MutationOperation;
import org.hibernate.sql.model.MutationOperationGroup;
import org.hibernate.sql.model.MutationTarget;
import org.hibernate.sql.model.MutationType;

/**
 * The INSERTs of an entity without the first one, in which alone the database generates values: so none are expected.
 *
 * @param target the entity
 */
record OtherTables(MutationTarget<?> target, List<MutationOperation> operations) implements MutationOperationGroup {

    @Override
    public MutationType getMutationType() {
        return MutationType.INSERT;
    }

    @Override
    public MutationTarget<?> getMutationTarget() {
        return target;
    }

    @Override
    public int getNumberOfOperations() {
        return operations.size();
    }

    @Override
    public MutationOperation getSingleOperation() {
        if (operations.size() != 1) {
            throw new IllegalStateException("There are " + operations.size() + " operations");
        }
        return operations.get(0);
    }

    @Override
    public MutationOperation getOperation(int index) {
        return operations.get(index);
    }

    @Override
    public MutationOperation getOperation(String table) {
        return operations.stream()
                .filter(operation -> operation.getTableDetails().getTableName().equals(table))
                .findFirst()
                .orElseThrow();
    }
}

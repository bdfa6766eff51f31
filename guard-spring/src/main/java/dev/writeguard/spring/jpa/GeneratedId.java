package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.generator.values.GeneratedValues;
import org.hibernate.metamodel.mapping.ModelPart;
import org.jspecify.annotations.Nullable;

/**
 * What an INSERT returns that nothing but the id is asked of.
 *
 * @param id as the database has it
 */
record GeneratedId(Object id) implements GeneratedValues {

    @Override
    public void addGeneratedValue(ModelPart part, @Nullable Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object getGeneratedValue(ModelPart part) {
        return part.isEntityIdentifierMapping() ? id : null;
    }

    @Override
    public List<Object> getGeneratedValues(List<? extends ModelPart> parts) {
        throw new UnsupportedOperationException();
    }
}

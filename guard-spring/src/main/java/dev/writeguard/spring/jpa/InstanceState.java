package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.ComponentType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** What an instance held at one moment, the inside of its embeddables included. */
final class InstanceState {

    private final @Nullable Object[] attributes;
    private final List<Runnable> restoring = new ArrayList<>();

    private InstanceState(@Nullable Object[] attributes) {
        this.attributes = attributes;
    }

    static InstanceState of(Object instance, EntityPersister persister, SharedSessionContractImplementor session) {
        @Nullable Object[] values = persister.getValues(instance).clone();
        Object id = persister.getIdentifier(instance, session);
        var state = new InstanceState(values);
        state.restoring.add(() -> persister.setValues(instance, values));
        state.restoring.add(() -> persister.setIdentifier(instance, id, session));
        state.addEmbeddables(persister.getPropertyTypes(), values);
        return state;
    }

    private void addEmbeddables(Type[] types, @Nullable Object[] values) {
        for (int i = 0; i < types.length; i++) {
            Object embeddable = values[i];
            if (embeddable != null && types[i] instanceof ComponentType type && type.isMutable()) {
                @Nullable Object[] inside = type.getPropertyValues(embeddable).clone();
                restoring.add(() -> type.setPropertyValues(embeddable, inside));
                addEmbeddables(type.getSubtypes(), inside);
            }
        }
    }

    /** In the order of the entity's attributes. */
    @Nullable
    Object[] attributes() {
        return attributes;
    }

    /** Sets all of them again. */
    void restore() {
        restoring.forEach(Runnable::run);
    }
}

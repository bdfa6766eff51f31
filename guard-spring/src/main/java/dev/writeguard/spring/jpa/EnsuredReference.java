package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** How a child refers to its parent, whatever the child is. */
sealed interface EnsuredReference permits EnsuredAssociation, EnsuredEntity {

    /** What is asked of the parent. */
    EnsuredParent declaration();

    /** What fills a new parent; {@link EntityTemplate} itself for nothing. */
    @SuppressWarnings("rawtypes") // as the annotation has it
    default Class<? extends EntityTemplate> template() {
        return declaration().template();
    }

    EntityPersister parent();

    /** What the child refers to. */
    @Nullable
    Object get(Object child);

    /** Makes the child refer to another instance. */
    void set(Object child, Object parent);

    /** Takes that back. */
    default void restore(Object child, Object before) {
        set(child, before);
    }

    /** The entity behind a child, or the arguments of a call. */
    default Object entity(Object child) {
        return child;
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import org.hibernate.persister.entity.EntityPersister;

/** An entity that code ensures by itself, before it has a child; in the child's place there is a {@link GivenParent}. */
record EnsuredEntity(EntityPersister parent, EnsuredParent declaration) implements EnsuredReference {

    /** It would be given the child. */
    @Override
    @SuppressWarnings("rawtypes") // as the annotation has it
    public Class<? extends EntityTemplate> template() {
        return EntityTemplate.class;
    }

    @Override
    public Object get(Object child) {
        return ((GivenParent) child).instance();
    }

    @Override
    public void set(Object child, Object parent) {
        ((GivenParent) child).becomes(parent);
    }

    @Override
    public Object entity(Object child) {
        return get(child);
    }
}

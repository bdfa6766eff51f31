package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.RuleFault;
import java.util.List;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ManyToManyCollectionPart;
import org.hibernate.persister.entity.EntityPersister;

/** The entities to which the rows of a join table refer, other than the one that has the collection. */
record EnsuredElements(AttributePath path, EnsuredParent declaration, String method) implements EnsuredAssociation {

    private PluralAttributeMapping collection() {
        return (PluralAttributeMapping) path.attribute();
    }

    private ManyToManyCollectionPart element() {
        return (ManyToManyCollectionPart) collection().getElementDescriptor();
    }

    @Override
    public EntityPersister parent() {
        return element().getEntityMappingType().getEntityPersister();
    }

    @Override
    public ForeignKeyDescriptor foreignKey() {
        return element().getForeignKeyDescriptor();
    }

    @Override
    public boolean owned() {
        return !collection().getCollectionDescriptor().isInverse();
    }

    @Override
    public List<RuleFault> faults() {
        return List.of();
    }

    @Override
    public Object get(Object child) {
        return ((CollectionElement) child).value();
    }

    @Override
    public void set(Object child, Object parent) {
        ((CollectionElement) child).replace(parent);
    }

    @Override
    public void restore(Object child, Object before) {
        ((CollectionElement) child).restore(before);
    }

    @Override
    public Object entity(Object child) {
        return child instanceof CollectionElement element ? element.owner() : child;
    }
}

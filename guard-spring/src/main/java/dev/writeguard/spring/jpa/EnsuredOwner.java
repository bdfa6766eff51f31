package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.rule.RuleFault;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.metamodel.mapping.CollectionPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.OneToManyCollectionPart;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The entity that has a collection, to which the rows of a join table refer, or those of its elements by a column that the
 * collection writes. It is managed when they are written, and so never created here.
 */
record EnsuredOwner(AttributePath path, EnsuredParent declaration) implements EnsuredAssociation {

    @Override
    public String method() {
        return "";
    }

    private PluralAttributeMapping collection() {
        return (PluralAttributeMapping) path.attribute();
    }

    private boolean hasJoinTable() {
        CollectionPart element = collection().getElementDescriptor();
        return !(element instanceof OneToManyCollectionPart);
    }

    @Override
    public String attribute() {
        return path.path() + (hasJoinTable() ? " (owner)" : "");
    }

    @Override
    public EntityPersister parent() {
        return path.declaring();
    }

    @Override
    public ForeignKeyDescriptor foreignKey() {
        return collection().getKeyDescriptor();
    }

    @Override
    public boolean owned() {
        return !collection().getCollectionDescriptor().isInverse();
    }

    @Override
    public List<RuleFault> faults() {
        List<RuleFault> faults = new ArrayList<>();
        if (!collection().getCollectionDescriptor().isRowInsertEnabled()) {
            faults.add(new RuleFault(
                    "its column is written by another attribute (updatable = false)",
                    "put the annotation on the association that writes the column"));
        }
        if (declaration.template() != EntityTemplate.class) {
            faults.add(new RuleFault(
                    "its parent is the entity that has the collection, and is never created for it",
                    "leave the template out"));
        }
        return faults;
    }

    @Override
    public boolean creates() {
        return false;
    }

    @Override
    public Object get(Object child) {
        return child;
    }

    /** It refers to itself; a managed instance is never replaced. */
    @Override
    public void set(Object child, Object parent) {
        throw new IllegalStateException(name() + " has no other owner");
    }
}

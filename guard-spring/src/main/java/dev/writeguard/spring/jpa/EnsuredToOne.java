package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.RuleFault;
import jakarta.persistence.MapsId;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.List;
import org.hibernate.id.ForeignGenerator;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * An association to one other entity.
 *
 * @param partOfId whether it belongs to the entity's id, and so never changes
 */
record EnsuredToOne(AttributePath path, EnsuredParent declaration, boolean partOfId, String method)
        implements EnsuredAssociation {

    /** One for all writes. */
    EnsuredToOne(AttributePath path, EnsuredParent declaration, boolean partOfId) {
        this(path, declaration, partOfId, "");
    }

    private ToOneAttributeMapping association() {
        return (ToOneAttributeMapping) path.attribute();
    }

    @Override
    public EntityPersister parent() {
        return association().getEntityMappingType().getEntityPersister();
    }

    @Override
    public ForeignKeyDescriptor foreignKey() {
        return association().getForeignKeyDescriptor();
    }

    @Override
    public boolean owned() {
        return association().getSideNature() == ForeignKeyDescriptor.Nature.KEY;
    }

    @Override
    public List<RuleFault> faults() {
        return readOnly()
                ? List.of(new RuleFault(
                        "its column is written by another attribute (insertable = false)",
                        "let the association write the column, and the other attribute read it"))
                : List.of();
    }

    private boolean readOnly() {
        return !partOfId && !association().getAttributeMetadata().isInsertable() && !givesTheId();
    }

    /** With {@code @MapsId} the column is written as the id's, which is taken from what the association refers to. */
    @SuppressWarnings({"deprecation", "removal"}) // what orm.xml says is known by the generator alone
    private boolean givesTheId() {
        Member member = association().getPropertyAccess().getGetter().getMember();
        return (member instanceof AnnotatedElement element && element.isAnnotationPresent(MapsId.class))
                || child().getGenerator() instanceof ForeignGenerator;
    }

    /** Whether an UPDATE writes it. */
    boolean updatable() {
        return !partOfId && association().getAttributeMetadata().isUpdatable();
    }

    @Override
    public @Nullable Object get(Object child) {
        return path.get(child);
    }

    /**
     * The same of a state as Hibernate keeps it, without the id.
     *
     * @throws IllegalStateException if this is a part of the id
     */
    @Nullable
    Object get(@Nullable Object[] state) {
        if (partOfId) {
            throw new IllegalStateException(name() + " is part of the id");
        }
        return path.get(state);
    }

    @Override
    public void set(Object child, Object parent) {
        path.set(child, parent);
    }
}

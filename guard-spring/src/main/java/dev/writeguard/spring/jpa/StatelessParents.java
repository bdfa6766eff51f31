package dev.writeguard.spring.jpa;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.hibernate.engine.internal.Versioning;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/**
 * The parents of one row that a stateless session is about to write. Nothing becomes managed, and only the state that goes
 * into the row is made to refer to something else.
 *
 * @param templates that fill new parents
 * @param refer makes the row refer to something else
 */
record StatelessParents(
        ParentDoor door, Templates templates, Consumer<Object> refer, StatelessSessionImplementor session)
        implements SessionParents {

    @Override
    public void persist(Object instance) {
        session.insert(instance);
    }

    @Override
    public List<Object> ensure(List<ParentNeed.Create> needs) {
        return needs.stream()
                .map(need -> new StatelessParent(this, need).ensure())
                .toList();
    }

    @Override
    public void found(ParentNeed.Create need, Object id) {
        need.persister().setIdentifier(need.instance(), id, session);
        refer(need.child(), reference(id));
    }

    /** The instance that was given may have no version, and then Hibernate believes that it is unsaved. */
    @Override
    public Object reference(Object id) {
        EntityPersister parent = door.association().parent();
        if (parent.hasProxy()) {
            return Objects.requireNonNull(parent.createProxy(id, session));
        }
        Object known = parent.instantiate(id, session);
        @Nullable Object[] values = parent.getValues(known);
        if (Versioning.seedVersion(known, values, parent, session)) {
            parent.setValues(known, values);
        }
        return known;
    }

    @Override
    public void refer(Object given, Object parent) {
        refer.accept(parent);
    }

    /** It belongs to another session, or to none. */
    @Override
    public void initialise(LazyInitializer reference, Object parent) {}
}

package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.engine.internal.Versioning;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Parents of a row that a stateless session is about to write. Nothing becomes managed, and only the state that goes into
 * the row is made to refer to something else.
 */
record StatelessParents(RuledParent parent, StatelessSessionImplementor session) implements SessionParents {

    @Override
    public void sendEarlier() {
        parent.door().queued().send(session);
    }

    @Override
    public void persist(Object instance) {
        session.insert(instance);
    }

    /** Several are looked for first, in the order of their keys, since each new one is inserted by itself. */
    @Override
    public List<Object> ensure(List<ParentNeed.Create> needs) {
        boolean alone = needs.size() == 1
                || needs.stream().anyMatch(need -> need.referrer().hasTemplate());
        List<Optional<Object>> ids = alone
                ? Collections.nCopies(needs.size(), Optional.empty())
                : new StoredParents(parent, session).find(needs);
        List<Object> ensured = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            ParentNeed.Create need = needs.get(i);
            ensured.add(
                    ids.get(i).map(id -> known(need, id)).orElseGet(() -> new StatelessParent(this, need).ensure()));
        }
        return ensured;
    }

    @Override
    public void found(ParentNeed.Create need, Object id) {
        need.referrer().refer(known(need, id));
    }

    private Object known(ParentNeed.Create need, Object id) {
        need.persister().setIdentifier(need.instance(), id, session);
        return reference(id);
    }

    /** The instance that was given may have no version, and then Hibernate believes that it is unsaved. */
    @Override
    public Object reference(Object id) {
        EntityPersister entity = parent.entity();
        if (entity.hasProxy()) {
            return Objects.requireNonNull(entity.createProxy(id, session));
        }
        Object known = entity.instantiate(id, session);
        @Nullable Object[] values = entity.getValues(known);
        if (Versioning.seedVersion(known, values, entity, session)) {
            entity.setValues(known, values);
        }
        return known;
    }

    /** It belongs to another session, or to none. */
    @Override
    public void initialise(LazyInitializer reference, Object instance) {}
}

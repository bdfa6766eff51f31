package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
        if (needs.isEmpty()) {
            return List.of();
        }
        boolean alone = needs.size() == 1
                || needs.stream().anyMatch(need -> need.referrer().hasTemplate());
        List<Optional<Object>> ids = alone
                ? Collections.nCopies(needs.size(), Optional.empty())
                : new StoredParents(parent, session).find(needs);
        @Nullable Object[] ensured = new Object[needs.size()];
        for (int i : inOrder(needs)) {
            ParentNeed.Create need = needs.get(i);
            ensured[i] =
                    ids.get(i).map(id -> known(need, id)).orElseGet(() -> new StatelessParent(this, need).ensure());
        }
        return List.of(ensured);
    }

    /** Where keys have an order, so that two rows do not wait for each other's parents. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // all of one class
    private static List<Integer> inOrder(List<ParentNeed.Create> needs) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < needs.size(); i++) {
            positions.add(i);
        }
        Class<?> type = needs.get(0).identity().getClass();
        if (Comparable.class.isAssignableFrom(type)
                && needs.stream().allMatch(need -> type.isInstance(need.identity()))) {
            positions.sort(Comparator.comparing(i -> (Comparable) needs.get(i).identity()));
        }
        return positions;
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

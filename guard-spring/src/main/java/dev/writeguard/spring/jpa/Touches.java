package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import java.util.Objects;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Lets a session know what TOUCH has written into a parent's row. */
final class Touches {

    private final ParentTouch touch;
    private final SharedSessionContractImplementor session;

    Touches(ParentTouch touch, SharedSessionContractImplementor session) {
        this.touch = touch;
        this.session = session;
    }

    /**
     * Of a row that was there: its managed instance, if there is one, and the second-level cache. An instance that was
     * stale stays so, and its next UPDATE fails, as it would have without the touch.
     *
     * @param given the instance with the values that were written; null if there were none
     */
    void existing(EnsureOutcome.Present outcome, EntityKey key, @Nullable Object given) {
        if (touch.equals(ParentTouch.NONE)) {
            return;
        }
        evict(key);
        Object managed = session.getPersistenceContextInternal().getEntity(key);
        EntityEntry entry =
                managed == null ? null : session.getPersistenceContextInternal().getEntry(managed);
        if (managed == null || entry == null) {
            return;
        }
        EntityPersister persister = entry.getPersister();
        Object next = nextVersion(persister, outcome, entry.getVersion());
        if (next == null && touch.raisesVersion()) {
            return;
        }
        @Nullable Object[] loaded = entry.getLoadedState();
        write(persister, managed, loaded, outcome, given);
        var dirty = new DirtyAttributes(managed);
        // A read-only instance has no state to compare with.
        if (loaded != null && next != null) {
            loaded[persister.getVersionPropertyIndex()] = next;
        }
        entry.postUpdate(managed, loaded, next == null ? entry.getVersion() : next);
        dirty.markAgain();
    }

    /** Of a row that is new: the instance that becomes managed, and its state. */
    void created(
            EnsureOutcome outcome, EntityPersister persister, Object instance, @Nullable Object @Nullable [] state) {
        if (touch.equals(ParentTouch.NONE) || !(outcome instanceof EnsureOutcome.Present present)) {
            return;
        }
        write(persister, instance, state, present, null);
        if (touch.raisesVersion()) {
            int position = persister.getVersionPropertyIndex();
            Object version = version(persister, present);
            persister.setValue(instance, position, version);
            if (state != null) {
                state[position] = version;
            }
        }
    }

    /** Of an UPDATE that Hibernate has queued before: it writes what the instance has since. */
    void queued(EntityPersister persister, Object instance, @Nullable Object[] state) {
        @Nullable Object[] values = persister.getValues(instance);
        Stream.concat(touch.times().stream(), touch.values().stream())
                .mapToInt(attribute -> index(persister, attribute))
                .forEach(position -> state[position] = values[position]);
    }

    private void write(
            EntityPersister persister,
            Object instance,
            @Nullable Object @Nullable [] state,
            EnsureOutcome.Present outcome,
            @Nullable Object given) {
        for (int i = 0; i < touch.times().size(); i++) {
            String attribute = touch.times().get(i);
            Object stored = outcome.times().value(touch.timeColumns().get(i));
            set(persister, attribute, instance, state, domainValue(persister, attribute, stored));
        }
        for (String attribute : touch.values()) {
            Object source = given == null ? instance : given;
            set(persister, attribute, instance, state, copyOf(source, attribute, persister));
        }
    }

    private static void set(
            EntityPersister persister,
            String attribute,
            Object instance,
            @Nullable Object @Nullable [] state,
            @Nullable Object value) {
        int position = index(persister, attribute);
        persister.setValue(instance, position, value);
        if (state != null) {
            state[position] = persister.getPropertyTypes()[position].deepCopy(value, persister.getFactory());
        }
    }

    /** Two instances share no embeddable. */
    private static @Nullable Object copyOf(Object source, String attribute, EntityPersister persister) {
        int position = index(persister, attribute);
        return persister.getPropertyTypes()[position].deepCopy(
                persister.getValue(source, position), persister.getFactory());
    }

    private static int index(EntityPersister persister, String attribute) {
        return persister.getPropertyIndex(attribute);
    }

    private @Nullable Object domainValue(EntityPersister persister, String attribute, @Nullable Object stored) {
        JdbcMapping mapping = ((BasicValuedModelPart) persister.findAttributeMapping(attribute)).getJdbcMapping();
        return mapping.convertToDomainValue(mapping.getJdbcJavaType().wrap(stored, session));
    }

    /** The version that the row has now, if it is the one after that which is known. */
    private @Nullable Object nextVersion(
            EntityPersister persister, EnsureOutcome.Present outcome, @Nullable Object known) {
        if (!touch.raisesVersion() || !(known instanceof Number number)) {
            return null;
        }
        return outcome.version().orElseThrow() == number.longValue() + 1 ? version(persister, outcome) : null;
    }

    private Object version(EntityPersister persister, EnsureOutcome.Present outcome) {
        JdbcMapping mapping = persister.getVersionMapping().getJdbcMapping();
        Object raised = mapping.getJdbcJavaType().wrap(outcome.version().orElseThrow(), session);
        return Objects.requireNonNull(mapping.convertToDomainValue(raised));
    }

    /** What other sessions find there from now on would be old when this transaction ends. */
    private void evict(EntityKey key) {
        EntityPersister persister = key.getPersister();
        if (persister.canWriteToCache()) {
            EntityDataAccess cache = persister.getCacheAccessStrategy();
            Object cached = cache.generateCacheKey(
                    key.getIdentifier(), persister, session.getFactory(), session.getTenantIdentifier());
            SoftLock lock = cache.lockItem(session, cached, null);
            cache.remove(session, cached);
            session.getTransactionCompletionCallbacks()
                    .registerCallback((TransactionCompletionCallbacks.AfterCompletionCallback)
                            (success, ended) -> cache.unlockItem(session, cached, lock));
        }
    }
}

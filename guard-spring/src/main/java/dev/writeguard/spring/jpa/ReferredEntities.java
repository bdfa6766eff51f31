package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.engine.spi.CascadeStyle;
import org.hibernate.engine.spi.CascadingActions;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.hibernate.type.ComponentType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** What a row refers to that is about to be written: it comes before. */
final class ReferredEntities {

    private final Object instance;
    private final EntityPersister persister;
    private final EventSource session;

    ReferredEntities(Object instance, EntityPersister persister, EventSource session) {
        this.instance = instance;
        this.persister = persister;
        this.session = session;
    }

    /** Whether {@link #write} would persist anything. */
    boolean anyNew() {
        List<Object> found = new ArrayList<>();
        cascade(
                persister.getPropertyTypes(),
                persister.getValues(instance),
                persister.getPropertyCascadeStyles(),
                (type, value) -> found.add(value));
        return !found.isEmpty();
    }

    /** Persists what {@code persist} would cascade to, and has INSERTs executed that are queued and must come first. */
    void write() {
        Type[] types = persister.getPropertyTypes();
        cascade(
                types,
                persister.getValues(instance),
                persister.getPropertyCascadeStyles(),
                (type, value) -> session.persist(type.getAssociatedEntityName(), value));
        if (session.getActionQueue().numberOfInsertions() > 0 && refersToUnwritten()) {
            session.getActionQueue().executeInserts();
        }
    }

    private void cascade(
            Type[] types, @Nullable Object[] values, CascadeStyle[] styles, BiConsumer<EntityType, Object> target) {
        for (int i = 0; i < types.length; i++) {
            Object value = values[i];
            if (value == null || !styles[i].doCascade(CascadingActions.PERSIST)) {
                continue;
            }
            if (types[i] instanceof ComponentType embeddable) {
                cascade(embeddable.getSubtypes(), embeddable.getPropertyValues(value), styles(embeddable), target);
            } else if (types[i] instanceof EntityType type && comesFirst(type, value)) {
                target.accept(type, value);
            }
        }
    }

    private static CascadeStyle[] styles(ComponentType embeddable) {
        var styles = new CascadeStyle[embeddable.getSubtypes().length];
        for (int i = 0; i < styles.length; i++) {
            styles[i] = embeddable.getCascadeStyle(i);
        }
        return styles;
    }

    /** Else it is there, or refers to this row itself and is being written: then the flush sets the reference. */
    private boolean comesFirst(EntityType type, Object value) {
        return !type.isOneToOne() && !WritesInProgress.contains(value) && entry(value) == null;
    }

    private boolean refersToUnwritten() {
        Type idType = persister.getIdentifierType();
        return anyUnwritten(persister.getPropertyTypes(), persister.getValues(instance))
                || anyUnwritten(new Type[] {idType}, new Object[] {persister.getIdentifier(instance, session)});
    }

    private boolean anyUnwritten(Type[] types, @Nullable Object[] values) {
        for (int i = 0; i < types.length; i++) {
            Object value = values[i];
            if (value != null && unwritten(types[i], value)) {
                return true;
            }
        }
        return false;
    }

    private boolean unwritten(Type type, Object value) {
        if (type instanceof ComponentType embeddable) {
            return anyUnwritten(embeddable.getSubtypes(), embeddable.getPropertyValues(value));
        }
        EntityEntry entry = type instanceof EntityType ? entry(value) : null;
        return entry != null && !entry.isExistsInDatabase();
    }

    private @Nullable EntityEntry entry(Object value) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(value);
        if (proxy != null && proxy.isUninitialized()) {
            return null;
        }
        return session.getPersistenceContextInternal().getEntry(proxy == null ? value : proxy.getImplementation());
    }
}

package dev.writeguard.spring.jpa;

import org.hibernate.Hibernate;
import org.hibernate.engine.spi.NaturalIdResolutions;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The natural id of a parent that is new or detached, and whose it is as far as the transaction knows. */
final class CarriedNaturalId {

    private final Carrying carrying;
    private final Object given;
    private final EntityPersister persister;
    private final @Nullable NaturalIdMapping mapping;

    CarriedNaturalId(Carrying carrying, Object given, EntityPersister persister) {
        this.carrying = carrying;
        this.given = given;
        this.persister = persister;
        this.mapping = persister.getNaturalIdMapping();
    }

    /** Null if there is none, or some of it is missing, so that nobody else can have it. */
    @Nullable
    Object value() {
        return NaturalKey.of(persister, given);
    }

    /** Of the row that this transaction has found by it, or of the managed instance that has it. */
    @Nullable
    Object id() {
        Object naturalId = value();
        if (naturalId == null) {
            return null;
        }
        Object found = carrying.parent().door().found().id(carrying.session(), persister, naturalId);
        if (found != null && (managed(found) == null || isNamed(found, naturalId))) {
            return found;
        }
        Object cached = cached();
        return cached != null && isNamed(cached, naturalId) ? cached : renamed(naturalId);
    }

    /** What was renamed since, the cache does not know yet. */
    private @Nullable Object renamed(Object naturalId) {
        return mapping == null || !mapping.isMutable()
                ? null
                : carrying.context().getNaturalIdResolutions().getCachedPkResolutions(persister).stream()
                        .filter(id -> isNamed(id, naturalId))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether Hibernate believes that it is there: then the row is looked for first. */
    boolean isCached() {
        return cached() != null;
    }

    /** What Hibernate believes, in the second-level cache, too: the row may be called otherwise by now. */
    @SuppressWarnings("ReferenceEquality") // of the one object that stands for what is known to be wrong
    private @Nullable Object cached() {
        Object cached = mapping == null
                ? null
                : carrying.context()
                        .getNaturalIdResolutions()
                        .findCachedIdByNaturalId(mapping.extractNaturalIdFromEntity(given), persister);
        return cached == NaturalIdResolutions.INVALID_NATURAL_ID_REFERENCE ? null : cached;
    }

    private boolean isNamed(Object id, Object naturalId) {
        Object managed = managed(id);
        return managed != null
                && Hibernate.isInitialized(managed)
                && naturalId.equals(NaturalKey.of(persister, managed));
    }

    private @Nullable Object managed(Object id) {
        PersistenceContext context = carrying.context();
        Object instance = context.getEntity(carrying.key(persister, id));
        return instance == null || context.getEntry(instance) == null ? null : instance;
    }
}

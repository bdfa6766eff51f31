package dev.writeguard.spring.jpa;

import dev.writeguard.violation.FailureCode;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.Status;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/** How one child carries its parent, and what follows from that. Sends nothing. */
final class CarriedParent {

    private final Carrying carrying;
    private final @Nullable LazyInitializer reference;
    private final Object given;

    /**
     * @param alone whether no other parent of that kind is asked for at the same moment
     */
    CarriedParent(Referrer referrer, SessionParents parents, boolean alone) {
        Object carried = referrer.carried();
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(carried);
        this.carrying = new Carrying(referrer, parents, alone);
        this.reference = proxy != null && proxy.isUninitialized() ? proxy : null;
        this.given = proxy == null || proxy.isUninitialized() ? carried : proxy.getImplementation();
    }

    ParentNeed need() {
        requireItsClass();
        if (reference != null) {
            return new CarriedReference(carrying).ofProxy(reference);
        }
        EntityEntry entry = carrying.context().getEntry(given);
        if (!Hibernate.isInitialized(given)) {
            return new CarriedReference(carrying).ofEnhanced(given, entry);
        }
        return entry == null ? new CarriedInstance(carrying, given).need() : ofManaged(carrying, entry, given);
    }

    /** What the compiler has let pass, behind a cast, would else become a row of another class, or refer to one. */
    private void requireItsClass() {
        EntityPersister entity = carrying.parent().entity();
        Class<?> carried = reference == null ? given.getClass() : reference.getPersistentClass();
        boolean wider = reference != null && carried.isAssignableFrom(entity.getMappedClass());
        if (!carrying.accepts(carried) && !wider) {
            throw carrying.parent()
                    .failure(
                            FailureCode.KEY_INVALID,
                            "a " + carried.getSimpleName() + " is no " + entity.getImportedName()
                                    + ", which the parent has to be.");
        }
    }

    /**
     * @param values the instance with what must match: the one that the child was given
     */
    static ParentNeed ofManaged(Carrying carrying, EntityEntry entry, Object values) {
        if (entry.getStatus().isDeletedOrGone()) {
            throw carrying.parent().removed();
        }
        // Else its own INSERT comes first: it is queued before the child's.
        boolean written = entry.isExistsInDatabase() && entry.getStatus() != Status.SAVING;
        return !written || carrying.holds(entry.getEntityKey())
                ? new ParentNeed.Nothing()
                : new ParentNeed.Lock(carrying.referrer(), entry.getEntityKey(), values, () -> {}, () -> {
                    throw carrying.absent("another transaction has deleted the parent after it was read.");
                });
    }
}

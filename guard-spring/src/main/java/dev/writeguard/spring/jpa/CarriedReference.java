package dev.writeguard.spring.jpa;

import java.util.function.Supplier;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/** A parent of which the child knows the id alone. */
record CarriedReference(Carrying carrying) {

    ParentNeed ofProxy(LazyInitializer reference) {
        EntityPersister persister =
                carrying.session().getFactory().getMappingMetamodel().getEntityDescriptor(reference.getEntityName());
        Object id = reference.getInternalIdentifier();
        EntityKey key = carrying.key(persister, id);
        return carrying.holds(key)
                ? new ParentNeed.Nothing()
                : lock(key, () -> {}, () -> blank(persister, id, reference));
    }

    /** With enhanced bytecode a reference is an instance of the entity's own class, which will load itself. */
    ParentNeed ofEnhanced(Object given, @Nullable EntityEntry entry) {
        if (entry != null && entry.getStatus().isDeletedOrGone()) {
            throw carrying.parent().removed();
        }
        EntityPersister persister = carrying.session().getEntityPersister(null, given);
        Object id = persister.getIdentifier(given, carrying.session());
        EntityKey key = carrying.key(persister, id);
        // One of another session is not managed here.
        Runnable found = entry == null ? () -> carrying.refer(id) : () -> {};
        if (carrying.holds(key)) {
            found.run();
            return new ParentNeed.Nothing();
        }
        return lock(
                key,
                found,
                () -> entry == null || !AssignedIds.of(persister)
                        ? blank(persister, id, null)
                        : becoming(given, entry, persister, id));
    }

    private ParentNeed.Lock lock(EntityKey key, Runnable found, Supplier<ParentNeed.Create> absent) {
        return new ParentNeed.Lock(carrying.referrer(), key, null, found, absent);
    }

    /** The reference itself becomes the new instance, as a proxy would come to stand for it. */
    @SuppressWarnings("NullAway") // an instance without an interceptor is one that is loaded
    private ParentNeed.Create becoming(Object given, EntityEntry entry, EntityPersister persister, Object id) {
        carrying.context().removeEntry(given);
        carrying.context().removeEntityHolder(entry.getEntityKey());
        ((PersistentAttributeInterceptable) given).$$_hibernate_setInterceptor(null);
        return new ParentNeed.Create(carrying.referrer(), given, persister, id, true, null);
    }

    private ParentNeed.Create blank(EntityPersister persister, Object id, @Nullable LazyInitializer reference) {
        if (!AssignedIds.of(persister)) {
            throw carrying.absent(Carrying.GENERATED);
        }
        if (persister.isAbstract() || !carrying.accepts(persister.getMappedClass())) {
            throw carrying.absent(
                    "the parent with that id is not there, and a reference does not tell of which class it is.");
        }
        Object blank = persister.instantiate(id, carrying.session());
        return new ParentNeed.Create(carrying.referrer(), blank, persister, id, true, reference);
    }
}

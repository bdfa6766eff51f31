package dev.writeguard.spring.jpa;

import java.util.Objects;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * What the database fills in when a row is inserted: defaults, and generated columns. Hibernate would have it returned by
 * the INSERT; here it is read afterwards, since nothing may be left null in memory that the next UPDATE then stores.
 */
final class GeneratedAttributes {

    private final EntityPersister persister;
    private final SharedSessionContractImplementor session;

    GeneratedAttributes(EntityPersister persister, SharedSessionContractImplementor session) {
        this.persister = persister;
        this.session = session;
    }

    /** Sends one SELECT. */
    void readInto(Object instance, Object id, @Nullable Object[] state) {
        @Nullable Object[] stored = Objects.requireNonNull(persister.getDatabaseSnapshot(id, session));
        Generator[] generators = persister.getGenerators();
        for (int i = 0; i < generators.length; i++) {
            if (generators[i] != null
                    && generators[i].generatesOnInsert()
                    && generators[i].generatedOnExecution(instance, session)) {
                state[i] = stored[i];
                persister.setValue(instance, i, stored[i]);
            }
        }
    }
}

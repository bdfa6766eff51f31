package dev.writeguard.spring.jpa;

import java.util.Optional;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.generator.internal.TenantIdGeneration;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The attribute with {@code @TenantId}. An id is one of the whole table, and no foreign key knows of tenants: so a parent
 * that is there has to be of the session's own.
 *
 * @param name of the attribute
 */
record TenantAttribute(String name) {

    static Optional<TenantAttribute> of(EntityPersister entity) {
        Generator[] generators = entity.getGenerators();
        for (int i = 0; i < generators.length; i++) {
            if (generators[i] instanceof TenantIdGeneration) {
                return Optional.of(new TenantAttribute(entity.getPropertyNames()[i]));
            }
        }
        return Optional.empty();
    }

    /**
     * The tenant of which a parent has to be.
     *
     * @param instance that was given; null if there is none
     * @return that of the session; for the root tenant, who sees all of them, that of the instance
     */
    Optional<Object> expected(
            EntityPersister persister, @Nullable Object instance, SharedSessionContractImplementor session) {
        Object current = session.getTenantIdentifierValue();
        CurrentTenantIdentifierResolver<Object> resolver = session.getFactory().getCurrentTenantIdentifierResolver();
        if (resolver == null || current == null || !resolver.isRoot(current)) {
            return Optional.ofNullable(current);
        }
        return instance == null ? Optional.empty() : Optional.ofNullable(persister.getPropertyValue(instance, name));
    }
}

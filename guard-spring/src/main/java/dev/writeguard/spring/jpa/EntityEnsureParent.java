package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.spring.rule.InvalidRulesException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.TransactionRequiredException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/**
 * {@link EnsureParent} for entities: ensures the row of an instance in the transaction of the current EntityManager, with
 * what {@code persist} would write, and says which instance stands for it there.
 *
 * <p>An entity is found by its id where code assigns it, else by its {@code @NaturalId}; without either it is persisted as
 * it is. Statements, locks and failures are those of {@link EnsureParent}; the exceptions are Spring's, with Guard's codes.
 * Where Guard is not to enforce, an entity is looked for, and persisted if it is absent, which can lose a race.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class EntityEnsureParent {

    private final Supplier<EntityManagerFactory> factory;
    private final EnsuredEntities entities;

    /**
     * @param factory asked at the first call
     * @param database the one behind it
     */
    public EntityEnsureParent(Supplier<EntityManagerFactory> factory, DoorDatabase database) {
        this.factory = factory;
        this.entities = new EnsuredEntities(database);
    }

    /**
     * Ensures that the row of an instance is there, and locks it until the transaction ends. One that is there is kept as
     * it is.
     *
     * @param parent new, detached, managed or a reference
     * @return a managed instance or a reference: the given one, if its row is new or it is managed
     * @throws TransactionRequiredException without a transaction
     * @throws InvalidRulesException for an entity that cannot be written as {@code persist} would
     */
    public <T> T ensure(T parent) {
        return ensureAll(List.of(parent)).get(0);
    }

    /**
     * The same for many of one entity, in one message.
     *
     * @return by position
     */
    public <T> List<T> ensureAll(List<? extends T> parents) {
        return entities.ensureAll(parents, current());
    }

    /**
     * Locks a row that is there until the transaction ends, and creates none.
     *
     * @return a reference or a managed instance; empty if the row is absent
     * @throws TransactionRequiredException without a transaction
     */
    public <T> Optional<T> lock(Class<T> entity, Object id) {
        return entities.lock(entity, id, current());
    }

    /**
     * The same as children of that association would have their parents ensured: with {@code match}, required states and
     * TOUCH as it is declared, but without its template, which needs a child.
     *
     * @param child the entity that has the association
     * @param attribute the attribute with {@code @EnsuredParent}
     */
    public OfAssociation of(Class<?> child, String attribute) {
        return new OfAssociation(child, attribute);
    }

    /** The parents of one association. */
    public final class OfAssociation {

        private final Class<?> child;
        private final String attribute;

        private OfAssociation(Class<?> child, String attribute) {
            this.child = child;
            this.attribute = attribute;
        }

        /**
         * Ensures a parent as the association declares it.
         *
         * @throws IllegalArgumentException if nothing is declared for the association
         */
        public <T> T ensure(T parent) {
            return ensureAll(List.of(parent)).get(0);
        }

        /**
         * The same for many.
         *
         * @return by position
         */
        public <T> List<T> ensureAll(List<? extends T> parents) {
            return entities.ensureAll(child, attribute, parents, current());
        }
    }

    private EntityManager current() {
        EntityManager current = EntityManagerFactoryUtils.getTransactionalEntityManager(factory.get());
        if (current == null || !EntityWrites.isInTransaction(current)) {
            throw new TransactionRequiredException(
                    "A parent can be ensured in a transaction only, which also writes what refers to it");
        }
        return current;
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.violation.FailureCode;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/**
 * A child, and the session in which it carries its parent.
 *
 * @param alone whether no other parent of that kind is asked for at the same moment
 */
record Carrying(Referrer referrer, SessionParents parents, boolean alone) {

    /** Where the parent's id is all that is known, and it is none of the application's. */
    static final String GENERATED = "the parent with that id is not there, and ids are generated.";

    RuledParent parent() {
        return parents.parent();
    }

    SharedSessionContractImplementor session() {
        return parents.session();
    }

    PersistenceContext context() {
        return session().getPersistenceContextInternal();
    }

    EntityKey key(EntityPersister persister, Object id) {
        return session().generateEntityKey(id, persister);
    }

    /** Whether there is nothing left to ask. */
    boolean holds(EntityKey key) {
        return parent().holds(session(), key);
    }

    /** Makes the child refer to the row that is there. */
    void refer(Object id) {
        referrer.refer(parents.reference(id));
    }

    /** Whether instances of a class are what the child may refer to. */
    boolean accepts(Class<?> carried) {
        return parent().entity().getMappedClass().isAssignableFrom(carried);
    }

    RuntimeException absent(String why) {
        return parent().failure(FailureCode.PARENT_ABSENT, why);
    }
}

package dev.writeguard.spring.jpa;

import java.util.List;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.proxy.LazyInitializer;

/** What a session makes of the rows of one parent entity: it depends on whether it manages instances. */
interface SessionParents {

    SharedSessionContractImplementor session();

    RuledParent parent();

    /** Sends what has to come before whatever is asked now. */
    void sendEarlier();

    /** Writes a parent that nobody else can have. */
    void persist(Object instance);

    /**
     * Ensures rows with the values of new instances.
     *
     * @return by position, what a child then refers to
     */
    List<Object> ensure(List<ParentNeed.Create> needs);

    /** Makes a child refer to the row that is there. */
    default void found(ParentNeed.Create need, Object id) {
        need.referrer().refer(reference(id));
    }

    /** To a row that is there: of which subclass it is, only the row tells. */
    Object reference(Object id);

    /** Tells a reference, which a child was given, what has become of it. */
    void initialise(LazyInitializer reference, Object parent);
}

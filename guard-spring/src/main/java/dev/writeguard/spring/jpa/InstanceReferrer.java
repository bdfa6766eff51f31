package dev.writeguard.spring.jpa;

import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;

/** A child that is an instance of its entity, or an element of a collection: a later look may meet it again. */
final class InstanceReferrer extends Referrer {

    InstanceReferrer(ParentDoor door, Object child, Object carried) {
        super(door, child, carried);
    }

    @Override
    void set(Object other) {
        door().association().set(child(), other);
    }

    @Override
    void setBack() {
        door().association().restore(child(), carried());
    }

    @Override
    void remember(SharedSessionContractImplementor session) {
        RuledParent parent = door().parent();
        if (parent.asksForEachChild() && session instanceof EventSource managing) {
            parent.door().met().add(door().association(), entity(), parent(), managing);
        }
    }
}

package dev.writeguard.spring.jpa;

import java.util.function.Consumer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** What stands for a child in one write alone: the values of a row, the arguments of a call. */
final class StandInReferrer extends Referrer {

    private final Consumer<Object> refer;

    /**
     * @param refer makes it refer to an instance
     */
    StandInReferrer(ParentDoor door, Object child, Object carried, Consumer<Object> refer) {
        super(door, child, carried);
        this.refer = refer;
    }

    @Override
    void set(Object other) {
        refer.accept(other);
    }

    @Override
    void setBack() {
        refer.accept(carried());
    }

    @Override
    void remember(SharedSessionContractImplementor session) {
        // No later look meets it.
    }
}

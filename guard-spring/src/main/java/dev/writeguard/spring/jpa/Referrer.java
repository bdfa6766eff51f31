package dev.writeguard.spring.jpa;

import dev.writeguard.violation.FailureCode;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** A child, or what stands for one, and the parent that it carries. For one thread. */
abstract sealed class Referrer permits InstanceReferrer, StandInReferrer {

    private final ParentDoor door;
    private final Object child;
    private final Object carried;
    private Object parent;

    Referrer(ParentDoor door, Object child, Object carried) {
        this.door = door;
        this.child = child;
        this.carried = carried;
        this.parent = carried;
    }

    /** Makes the child refer to another instance. */
    abstract void set(Object other);

    /** Makes it refer again to what it carried. */
    abstract void setBack();

    /** That for this parent of this child nothing is left to do, where else each look would ask for it again. */
    abstract void remember(SharedSessionContractImplementor session);

    /** What it was given. */
    final Object carried() {
        return carried;
    }

    /** What it refers to now. */
    final Object parent() {
        return parent;
    }

    /** Where it refers to that. */
    final ParentDoor door() {
        return door;
    }

    /** The child, or what stands for it. */
    final Object child() {
        return child;
    }

    /** The entity behind the child, or the arguments of a call. */
    final Object entity() {
        return door.association().entity(child);
    }

    final void refer(Object other) {
        set(other);
        parent = other;
    }

    /** Whether it refers to another instance than the one that it was given. */
    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    final boolean isReplaced() {
        return parent != carried;
    }

    /** Takes that back. */
    final void undo() {
        if (isReplaced()) {
            setBack();
            parent = carried;
        }
    }

    /** Whether a new parent is filled with what the child knows. */
    final boolean hasTemplate() {
        return door.template().isPresent();
    }

    /** Fills a new parent, if there is a template. */
    final void fill(Object newParent) {
        try {
            door.template().fill(newParent, entity());
        } catch (RuntimeException failure) {
            throw door.parent().failure(FailureCode.TEMPLATE_FAILED, "its template threw an exception.", failure);
        }
    }
}

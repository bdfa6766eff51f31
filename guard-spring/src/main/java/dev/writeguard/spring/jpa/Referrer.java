package dev.writeguard.spring.jpa;

import dev.writeguard.violation.FailureCode;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;

/** A child, or what stands for one, and the parent that it carries. For one thread. */
final class Referrer {

    private final ParentDoor door;
    private final Object child;
    private final Object carried;
    private final Consumer<Object> refer;
    private final Consumer<Object> restore;
    private final boolean lookedAtAgain;
    private Object parent;

    /**
     * @param lookedAtAgain whether the child is an instance that a later look may meet
     * @param refer makes the child refer to another instance
     * @param restore makes it refer again to what it carried
     */
    Referrer(
            ParentDoor door,
            Object child,
            Object carried,
            boolean lookedAtAgain,
            Consumer<Object> refer,
            Consumer<Object> restore) {
        this.door = door;
        this.child = child;
        this.carried = carried;
        this.refer = refer;
        this.restore = restore;
        this.lookedAtAgain = lookedAtAgain;
        this.parent = carried;
    }

    /** What it was given. */
    Object carried() {
        return carried;
    }

    /** The entity behind the child, or the arguments of a call. */
    Object entity() {
        return door.association().entity(child);
    }

    void refer(Object other) {
        refer.accept(other);
        parent = other;
    }

    /** Whether it refers to another instance than the one that it was given. */
    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    boolean isReplaced() {
        return parent != carried;
    }

    /** That for this parent of this child nothing is left to do, where else each look would ask for it again. */
    void remember(SharedSessionContractImplementor session) {
        if (lookedAtAgain && door.parent().asksForEachChild() && session instanceof EventSource managing) {
            door.parent().door().met().add(door.association(), entity(), parent, managing);
        }
    }

    /** Takes that back. */
    void undo() {
        if (isReplaced()) {
            restore.accept(carried);
            parent = carried;
        }
    }

    /** Whether a new parent is filled with what the child knows. */
    boolean hasTemplate() {
        return door.template().isPresent();
    }

    /** Fills a new parent, if there is a template. */
    void fill(Object newParent) {
        try {
            door.template().fill(newParent, entity());
        } catch (RuntimeException failure) {
            throw door.parent().failure(FailureCode.TEMPLATE_FAILED, "its template threw an exception.", failure);
        }
    }
}

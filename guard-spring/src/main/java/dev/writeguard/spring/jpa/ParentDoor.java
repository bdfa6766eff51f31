package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.event.spi.EventSource;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;

/** What children refer to by one association, and whether it is still to be ensured. */
final class ParentDoor {

    private final EnsuredReference association;
    private final RuledParent parent;
    private final DeclaredTemplate template;

    ParentDoor(EnsuredReference association, RuledParent parent) {
        this.association = association;
        this.parent = parent;
        this.template =
                new DeclaredTemplate(association.template(), parent.means().database());
    }

    EnsuredReference association() {
        return association;
    }

    RuledParent parent() {
        return parent;
    }

    DeclaredTemplate template() {
        return template;
    }

    /** Whether an absent parent is created. */
    boolean creates() {
        return !(association instanceof EnsuredAssociation declared) || declared.creates();
    }

    /** The same for parents that code gives by themselves. */
    ParentDoor forEntities() {
        return new ParentDoor(new EnsuredEntity(parent.entity(), association.declaration()), parent);
    }

    /** Those of these children that refer to something, for which there is something left to do in this transaction. */
    List<Referrer> referrers(List<?> children, EventSource session) {
        List<Referrer> referrers = new ArrayList<>();
        for (Object child : children) {
            Object carried = association.get(child);
            if (carried != null && !isDone(association.entity(child), carried, session)) {
                referrers.add(new InstanceReferrer(this, child, carried));
            }
        }
        return referrers;
    }

    /** An instance that is not of the context has values of its own, which may be others than those that were met. */
    private boolean isDone(Object child, Object carried, EventSource session) {
        EntityDoor door = parent.door();
        return door.passed().contains(association, child, carried, session)
                || isOfContext(carried, session) && door.met().contains(association, child, carried, session);
    }

    private static boolean isOfContext(Object carried, EventSource session) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(carried);
        Object instance = proxy == null || proxy.isUninitialized() ? carried : proxy.getImplementation();
        return proxy != null && proxy.isUninitialized()
                || session.getPersistenceContextInternal().isEntryFor(instance);
    }

    /**
     * What is written by no association.
     *
     * @param child stands for the child
     * @param refer makes it refer to another instance
     */
    Referrer referrer(Object child, Object carried, Consumer<Object> refer) {
        return new StandInReferrer(this, child, carried, refer);
    }

    /** Remembers those that are passed on as they are, which counts once in each transaction. */
    void pass(List<Referrer> referrers, EventSource session) {
        referrers.forEach(each -> parent.door().passed().add(association, each.entity(), each.carried(), session));
    }
}

package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.event.spi.EventSource;

/** What children refer to by one association, and whether it is still to be ensured. */
final class ParentDoor {

    private final EnsuredReference association;
    private final RuledParent parent;
    private final DeclaredTemplate template;
    private final ObservedWrites unguarded = new ObservedWrites();

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

    /** What a child refers to, if it refers to something. */
    Optional<EnsuredInCall> reference(Object child) {
        return Optional.ofNullable(association.get(child)).map(carried -> call(child, carried));
    }

    private EnsuredInCall call(Object child, Object carried) {
        return new EnsuredInCall(association, association.entity(child), carried);
    }

    /** Those of these children that refer to something, for which nothing was done yet in this transaction. */
    List<Referrer> referrers(List<?> children, EventSource session) {
        Set<EnsuredInCall> ensured = parent.door().ensured().of(session);
        List<Referrer> referrers = new ArrayList<>();
        for (Object child : children) {
            Object carried = association.get(child);
            if (carried != null
                    && (ensured == null || !ensured.contains(call(child, carried)))
                    && !unguarded.contains(association.entity(child), carried, session)) {
                referrers.add(new Referrer(
                        this,
                        child,
                        carried,
                        other -> association.set(child, other),
                        before -> association.restore(child, before)));
            }
        }
        return referrers;
    }

    /**
     * What is written by no association.
     *
     * @param child stands for the child
     * @param refer makes it refer to another instance
     */
    Referrer referrer(Object child, Object carried, Consumer<Object> refer) {
        return new Referrer(this, child, carried, refer, refer);
    }

    /** Remembers those that are passed on as they are, which counts once in each transaction. */
    void pass(List<Referrer> referrers, EventSource session) {
        referrers.forEach(each -> unguarded.add(each.entity(), each.carried(), session));
    }
}

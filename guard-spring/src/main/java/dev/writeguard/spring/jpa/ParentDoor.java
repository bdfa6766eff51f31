package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.event.spi.EventSource;
import org.jspecify.annotations.Nullable;

/** Ensures the parents of one association, however children carry them. */
final class ParentDoor {

    private final EnsuredReference association;
    private final ParentRules rule;
    private final DoorMeans means;
    private final EntityDoor door;
    private final ParentTouch touch;
    private final ObservedWrites unguarded = new ObservedWrites();

    ParentDoor(EnsuredReference association, ParentRules rule, DoorMeans means, EntityDoor door) {
        this.association = association;
        this.rule = rule;
        this.means = means;
        this.door = door;
        this.touch = new TouchedAttributes(association.parent(), new ParentAttributes(association.parent()))
                .of(association.declaration());
    }

    EnsuredReference association() {
        return association;
    }

    ParentRules rule() {
        return rule;
    }

    EntityDoor door() {
        return door;
    }

    DoorMeans means() {
        return means;
    }

    /** The upsert in the transaction of a session. */
    EnsureParent ensureParent(SharedSessionContractImplementor session) {
        return means.database().ensureParent(new HibernateSessionConnections(session));
    }

    /**
     * Afterwards the parents are there and locked, and each child refers to a managed instance of its own or to a
     * reference. One message for all that have to be locked, and one for all that may have to be created.
     *
     * @return those that refer to another instance than before
     * @throws RuntimeException one of Guard's exceptions: refused, or not there and not to be created
     */
    List<Replacement> ensure(List<?> children, EventSource session) {
        List<Carried> carried = carried(children, session);
        if (carried.isEmpty()) {
            return List.of();
        }
        if (!ensureParent(session).enforces(rule.parent(), "ensure", carried.size())) {
            carried.forEach(each -> unguarded.add(association.entity(each.child()), each.parent(), session));
            return List.of();
        }
        List<ParentNeed> needs = new ArrayList<>();
        var parents = new ManagedParents(this, new Templates(this), session);
        carried.forEach(each -> needs.add(new CarriedParent(this, each.child(), each.parent(), parents).need()));
        new ParentNeeds(this, parents).meet(needs);
        List<Replacement> replacements = replacements(carried);
        replacements.forEach(Attempt::remember);
        return replacements;
    }

    /**
     * Ensures the parent with that id for a write that no mapping sees.
     *
     * @param id null if there is none
     * @param arguments of the call, which stand for the child
     */
    void ensure(@Nullable Object id, @Nullable Object[] arguments, EventSource session) {
        if (id != null && ensureParent(session).enforces(rule.parent(), "ensure", 1)) {
            requireNotRemoved(session.generateEntityKey(id, association.parent()), session);
            Object reference = session.getReference(association.parent().getEntityName(), id);
            var parents = new ManagedParents(this, new Templates(this), session);
            new ParentNeeds(this, parents).meet(List.of(new CarriedParent(this, arguments, reference, parents).need()));
        }
    }

    /** Whether anything is sent for a child at this moment; else it is observed, or left alone. */
    boolean enforces() {
        return means.database().ensureParent().enforces(rule.parent(), "ensure", 1);
    }

    /** Whether an absent parent is created. */
    boolean creates() {
        return !(association instanceof EnsuredAssociation declared) || declared.creates();
    }

    /** The same for parents that code gives by themselves. */
    ParentDoor forEntities() {
        return new ParentDoor(new EnsuredEntity(association.parent(), association.declaration()), rule, means, door);
    }

    /**
     * Locks the row with that id, and creates none.
     *
     * @return whether it is there
     */
    boolean lock(Object id, EventSource session) {
        EntityKey key = session.generateEntityKey(id, association.parent());
        requireNotRemoved(key, session);
        ParentRule byId = rule.byReference();
        Optional<EnsureOutcome> outcome = holds(session, key)
                ? Optional.empty()
                : ensureParent(session)
                        .lock(byId.row(
                                MappedRows.key(byId, association.parent(), id, session),
                                MappedRows.read(byId, List.of(), association.parent(), null, session)));
        outcome.ifPresent(found -> hold(found, key, null, session));
        return outcome.isPresent() || holds(session, key);
    }

    /** What a child refers to, if it refers to something. */
    Optional<EnsuredInCall> reference(Object child) {
        return Optional.ofNullable(association.get(child))
                .map(parent -> new EnsuredInCall(association, association.entity(child), parent));
    }

    /**
     * Ensures the parent to which a row refers that a stateless session is about to write.
     *
     * @param carried what the child refers to
     * @param refer makes the row refer to something else
     */
    void ensure(Object child, Object carried, Consumer<Object> refer, StatelessSessionImplementor session) {
        if (ensureParent(session).enforces(rule.parent(), "ensure", 1)) {
            var parents = new StatelessParents(this, new Templates(this), refer, session);
            ParentNeed need = new CarriedParent(this, child, carried, parents).need();
            if (!(need instanceof ParentNeed.Nothing)) {
                door.queued().send(session);
                new ParentNeeds(this, parents).meet(List.of(need));
            }
        }
    }

    /** A child, and what it refers to. */
    private record Carried(Object child, Object parent) {}

    private List<Carried> carried(List<?> children, EventSource session) {
        List<Carried> carried = new ArrayList<>();
        for (Object child : children) {
            Object parent = association.get(child);
            if (parent != null
                    && !door.ensured()
                            .contains(session, new EnsuredInCall(association, association.entity(child), parent))
                    && !unguarded.contains(association.entity(child), parent, session)) {
                carried.add(new Carried(child, parent));
            }
        }
        return carried;
    }

    @SuppressWarnings("ReferenceEquality")
    private List<Replacement> replacements(List<Carried> carried) {
        return carried.stream()
                .filter(each -> association.get(each.child()) != each.parent())
                .map(each -> new Replacement(association, each.child(), each.parent()))
                .toList();
    }

    /** To a row that is there: of which subclass it is, only the row tells. */
    Object reference(Object id, EventSource session) {
        return session.getReference(association.parent().getEntityName(), id);
    }

    /** Whether a child's own instance of the parent has values that are compared. Its tenant is the session's. */
    boolean comparesValues() {
        return association.declaration().match().length > 0;
    }

    /** Whether a child's own instance of the parent has values that are written. */
    boolean writesValues() {
        return !touch.values().isEmpty();
    }

    /** Whether a child's own instance of the parent has values that are compared or written. */
    boolean readsValues() {
        return comparesValues() || writesValues();
    }

    /** Values that are compared or written where the parent is there. */
    List<String> readAttributes() {
        return Stream.concat(Stream.of(association.declaration().match()), touch.values().stream())
                .toList();
    }

    /** What a session has to know of a touch. */
    Touches touches(SharedSessionContractImplementor session) {
        return new Touches(touch, session);
    }

    /**
     * Whether there is nothing left to ask. A soft reference is locked each time, since nothing else would notice that a
     * lock is gone; and what must match is compared, and what is given is written, for each child.
     */
    boolean holds(SharedSessionContractImplementor session, EntityKey parent) {
        return !rule.parent().soft() && !readsValues() && door.held().contains(session, rule.parent(), parent);
    }

    /**
     * Remembers that a parent is held, and what was written into it.
     *
     * @param given the instance with the values that were written into one that was there; null if there were none
     * @throws RuntimeException that of a refusal
     */
    void hold(
            EnsureOutcome outcome, EntityKey parent, @Nullable Object given, SharedSessionContractImplementor session) {
        requireUsable(outcome);
        door.held().add(session, rule.parent(), parent);
        if (outcome instanceof EnsureOutcome.Existing existing && !touch.equals(ParentTouch.NONE)) {
            door.held().addWritten(session);
            touches(session).existing(existing, parent, given);
        }
    }

    /**
     * @throws RuntimeException that of a refusal
     */
    static void requireUsable(EnsureOutcome outcome) {
        if (outcome instanceof EnsureOutcome.Refused refused) {
            try {
                refused.orThrow();
            } catch (GuardException failure) {
                throw GuardExceptionTranslator.translate(failure);
            }
        }
    }

    /** Hibernate refers to nothing that it is about to delete. */
    private void requireNotRemoved(EntityKey parent, EventSource session) {
        PersistenceContext context = session.getPersistenceContextInternal();
        Object managed = context.getEntity(parent);
        EntityEntry entry = managed == null ? null : context.getEntry(managed);
        if (context.containsDeletedUnloadedEntityKey(parent)
                || entry != null && entry.getStatus().isDeletedOrGone()) {
            throw removed();
        }
    }

    RuntimeException removed() {
        return failure(FailureCode.PARENT_REMOVED, "the child refers to a parent that this transaction removes.");
    }

    RuntimeException failure(FailureCode code, String why) {
        return GuardExceptionTranslator.translate(new GuardException(
                FailureReport.of(code, "ensure", rule.parent().table().name(), why)));
    }

    /** The entity of the parent, or the topmost one above it. */
    String rootOfParent() {
        return association.parent().getRootEntityName();
    }
}

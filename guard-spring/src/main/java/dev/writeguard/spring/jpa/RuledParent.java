package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** A parent entity with what is asked of it: one for all associations that ask the same. */
final class RuledParent {

    private final ParentTerms terms;
    private final ParentRules rules;
    private final DoorMeans means;
    private final EntityDoor door;
    private final String position;

    RuledParent(ParentTerms terms, ParentRules rules, DoorMeans means, EntityDoor door) {
        this.terms = terms;
        this.rules = rules;
        this.means = means;
        this.door = door;
        this.position = rules.parent().table().name() + " " + terms.words();
    }

    /** Where it stands among all parents, in every transaction and every instance of the application: by its table first. */
    String position() {
        return position;
    }

    EntityPersister entity() {
        return terms.parent();
    }

    ParentRules rules() {
        return rules;
    }

    DoorMeans means() {
        return means;
    }

    /** Through which its own parents come, too. */
    EntityDoor door() {
        return door;
    }

    /** The entity, or the topmost one above it. */
    String rootEntity() {
        return entity().getRootEntityName();
    }

    /** The upsert in the transaction of a session. */
    EnsureParent ensureParent(SharedSessionContractImplementor session) {
        return means.database().ensureParent(new HibernateSessionConnections(session));
    }

    /** Whether anything is sent for that many children at this moment; else they are observed, or left alone. */
    boolean enforces(int children, SharedSessionContractImplementor session) {
        return ensureParent(session).enforces(rules.parent(), "ensure", children);
    }

    /** Whether anything would be sent. */
    boolean isEnforced() {
        return means.database().enforces(rules.parent());
    }

    /** Whether a parent with values of its own is looked for before it is created. */
    boolean looksFirst() {
        return terms.looksFirst();
    }

    /** To a row that is there: of which subclass it is, only the row tells. */
    Object reference(Object id, EventSource session) {
        return session.getReference(entity().getEntityName(), id);
    }

    /** Whether a child's own instance of the parent has values that are compared. Its tenant is the session's. */
    boolean comparesValues() {
        return !terms.compared().isEmpty();
    }

    /** Whether a child's own instance of the parent has values that are written. */
    boolean writesValues() {
        return !terms.touch().values().isEmpty();
    }

    /** Whether a child's own instance of the parent has values that are compared or written. */
    boolean readsValues() {
        return comparesValues() || writesValues();
    }

    /** Values that are compared or written where the parent is there. */
    List<String> readAttributes() {
        return Stream.concat(terms.compared().stream(), terms.touch().values().stream())
                .toList();
    }

    /** What a session has to know of a touch. */
    Touches touches(SharedSessionContractImplementor session) {
        return new Touches(terms.touch(), session);
    }

    /**
     * Whether there is nothing left to ask. A soft reference is locked each time, since nothing else would notice that a
     * lock is gone; and what must match is compared, and what is given is written, for each child. What the persistence
     * context has forgotten is asked for again: a query may have deleted it, of which nobody is told.
     */
    boolean holds(SharedSessionContractImplementor session, EntityKey parent) {
        return !rules.parent().soft()
                && !readsValues()
                && door.held().contains(session, rules.parent(), parent)
                && (session instanceof StatelessSessionImplementor
                        || session.getPersistenceContextInternal().containsEntityHolder(parent));
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
        door.held().add(session, rules.parent(), parent);
        if (outcome instanceof EnsureOutcome.Existing existing && !terms.touch().equals(ParentTouch.NONE)) {
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

    /**
     * Locks the row with that id, and creates none.
     *
     * @return whether it is there
     */
    boolean lock(Object id, EventSource session) {
        EntityKey key = session.generateEntityKey(id, entity());
        requireNotRemoved(key, session);
        if (holds(session, key)) {
            return true;
        }
        ParentRule byId = rules.byReference();
        Optional<EnsureOutcome> outcome = ensureParent(session)
                .lock(byId.row(
                        MappedRows.key(byId, entity(), id, session),
                        MappedRows.read(byId, List.of(), entity(), null, session)));
        outcome.ifPresent(found -> hold(found, key, null, session));
        return outcome.isPresent();
    }

    /**
     * Hibernate refers to nothing that it is about to delete.
     *
     * @throws RuntimeException if it is
     */
    void requireNotRemoved(EntityKey parent, EventSource session) {
        PersistenceContext context = session.getPersistenceContextInternal();
        Object managed = context.getEntity(parent);
        EntityEntry entry = managed == null ? null : context.getEntry(managed);
        if (entry != null && entry.getStatus().isDeletedOrGone()) {
            throw removed();
        }
    }

    RuntimeException removed() {
        return failure(FailureCode.PARENT_REMOVED, "the child refers to a parent that this transaction removes.");
    }

    RuntimeException failure(FailureCode code, String why) {
        return failure(code, why, null);
    }

    RuntimeException failure(FailureCode code, String why, @Nullable Throwable cause) {
        FailureReport report =
                FailureReport.of(code, "ensure", rules.parent().table().name(), why);
        return GuardExceptionTranslator.translate(new GuardException(report, cause));
    }
}

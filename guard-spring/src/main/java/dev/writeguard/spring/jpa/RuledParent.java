package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.violation.GuardExceptionTranslator;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
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
        this.position = Stream.of(
                        rules.parent().table().name(),
                        // Else two transactions that both hold the weaker lock would wait for each other's.
                        rules.parent().touch().isPresent() ? "first" : "then",
                        terms.words(),
                        rules.parent().key(),
                        terms.parent().getEntityName())
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    /**
     * Where parents stand in every transaction and every instance of the application: those before that others refer to, then
     * by their tables, and of one table those before that are written into.
     */
    static Comparator<RuledParent> inLockOrder() {
        return Comparator.comparingInt((RuledParent parent) -> parent.door.depth(parent.rootEntity()))
                .thenComparing(parent -> parent.position);
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
     * lock is gone; and what must match is compared, and what is given is written, for each child. A row of the
     * transaction's own that is to be touched may not be touched yet.
     */
    boolean holds(SharedSessionContractImplementor session, EntityKey parent) {
        if (asksForEachChild()) {
            return false;
        }
        return rules.parent().touch().isPresent()
                ? door.held().isMetBy(rules.parent(), session, parent)
                : isAskedFor(session, parent);
    }

    /** Whether one child after another asks for a parent that is held. */
    boolean asksForEachChild() {
        return rules.parent().soft() || readsValues();
    }

    /** Whether the transaction has asked for it, or has inserted it itself. */
    boolean isAskedFor(SharedSessionContractImplementor session, EntityKey parent) {
        return door.held().contains(session, rules.parent(), parent);
    }

    /** Whether a reference or a managed instance of a stored row was not asked for by anybody. */
    boolean isUnknown(Object carried, EventSource session) {
        EntityKey key = storedKey(carried, session);
        return key != null && !isAskedFor(session, key) && asksNow(session);
    }

    /** Whether an instance that is not of the context names a row that is to be asked for. */
    boolean isUnmanaged(Object carried, EventSource session) {
        return Hibernate.isInitialized(carried)
                && !session.getPersistenceContextInternal().isEntryFor(Hibernate.unproxy(carried))
                && CarriedInstance.namesARow(Hibernate.unproxy(carried), session)
                && asksNow(session);
    }

    private boolean asksNow(EventSource session) {
        return session.getTransactionCoordinator().isTransactionActive() && isEnforced();
    }

    private @Nullable EntityKey storedKey(Object carried, EventSource session) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(carried);
        if (proxy != null && proxy.isUninitialized()) {
            return session.generateEntityKey(proxy.getInternalIdentifier(), entity());
        }
        EntityEntry entry =
                session.getPersistenceContextInternal().getEntry(proxy == null ? carried : proxy.getImplementation());
        return entry == null || !entry.isExistsInDatabase() ? null : entry.getEntityKey();
    }

    /** Counts the rows that were written, before anything that is refused beside them ends the call. */
    void countWritten(Collection<? extends EnsureOutcome> outcomes, SharedSessionContractImplementor session) {
        boolean touches = rules.parent().touch().isPresent();
        int written = 0;
        for (EnsureOutcome outcome : outcomes) {
            if (outcome instanceof EnsureOutcome.Created || touches && outcome instanceof EnsureOutcome.Existing) {
                written++;
            }
        }
        door.held().addWritten(session, written);
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
        if (outcome instanceof EnsureOutcome.Existing existing) {
            touches(session).existing(existing, parent, given);
        }
    }

    /** Keeps what this transaction has written into a parent that an UPDATE of its own is about to write. */
    void keepTouch(Object instance, EntityPersister persister, @Nullable Object[] state, EventSource session) {
        EntityKey key = session.generateEntityKey(persister.getIdentifier(instance, session), persister);
        if (door.held().isMetBy(rules.parent(), session, key)) {
            touches(session).queued(persister, instance, state);
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
        countWritten(outcome.stream().toList(), session);
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

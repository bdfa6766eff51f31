package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.util.List;
import java.util.Optional;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.generator.values.GeneratedValues;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * A parent whose row a stateless session may have to insert. The session's own {@code insert} is run, with all that belongs
 * to it, and the row is ensured where it would have sent the INSERT.
 */
final class StatelessParent {

    private final RuledParent parent;
    private final StatelessParents parents;
    private final StatelessSessionImplementor session;
    private final EntityPersister persister;
    private final ParentNeed.Create need;
    private final Object instance;
    private final InstanceState before;
    private boolean sent;
    private @Nullable EnsureOutcome created;

    StatelessParent(StatelessParents parents, ParentNeed.Create need) {
        this.parent = parents.parent();
        this.parents = parents;
        this.session = parents.session();
        this.persister = need.persister();
        this.need = need;
        this.instance = need.instance();
        this.before = InstanceState.of(instance, persister, session);
    }

    /** Ends an insertion: the row is there. */
    private static final class NotInserted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Object id;

        NotInserted(Object id) {
            super(null, null, false, false);
            this.id = id;
        }
    }

    /**
     * @return the instance, if its row is new; else a reference to the one that was there
     */
    Object ensure() {
        try {
            need.referrer().fill(instance);
            parent.means()
                    .executors()
                    .replace(persister, this::ensure, () -> session.insert(persister.getEntityName(), instance));
        } catch (NotInserted there) {
            return existing(there.id);
        } catch (RuntimeException failure) {
            before.restore();
            return existing(stored().orElseThrow(() -> failure));
        }
        if (created == null) {
            before.restore();
            throw new VetoedParentException(persister.getEntityName());
        }
        parent.touches(session).created(created, persister, instance, null);
        return instance;
    }

    /** Stands for the INSERT. */
    private GeneratedValues ensure(CapturedInsert insert) {
        ParentRule rule = parent.rules().parent();
        RowValues values = insert.firstRow(rule);
        sent = true;
        EnsureOutcome ensured = parent.ensureParent(session).ensure(rule.row(MappedRows.key(rule, values), values));
        RuledParent.requireUsable(ensured);
        parent.countWritten(List.of(ensured), session);
        Object id = id(ensured);
        parent.hold(ensured, session.generateEntityKey(id, persister), instance, session);
        if (!(ensured instanceof EnsureOutcome.Created)) {
            parent.door().seen().add(need, session);
            throw new NotInserted(id);
        }
        created = ensured;
        parent.door().seen().remove(need, session);
        insert.executeOthers(parent.means().executors().delegate(), id);
        return new GeneratedId(id);
    }

    /**
     * An instance that cannot become a row, as one with nothing but its key, may stand for a row that is there. Not asked
     * once something was sent for it: then the transaction may have failed.
     */
    private Optional<Object> stored() {
        return sent || parent.door().refersToParents(instance, persister)
                ? Optional.empty()
                : new StoredParents(parent, session).find(List.of(need)).get(0);
    }

    private Object existing(Object id) {
        before.restore();
        persister.setIdentifier(instance, id, session);
        return parents.reference(id);
    }

    private Object id(EnsureOutcome ensured) {
        Object given = AssignedIds.of(persister) ? persister.getIdentifier(instance, session) : null;
        return MappedRows.id(ensured, persister, given, session);
    }
}

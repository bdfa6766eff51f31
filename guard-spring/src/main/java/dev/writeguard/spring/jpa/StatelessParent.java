package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.util.Objects;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.generator.values.GeneratedValues;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * A parent whose row a stateless session may have to insert. The session's own {@code insert} is run, with all that belongs
 * to it, and the row is ensured where it would have sent the INSERT.
 */
final class StatelessParent {

    private final ParentDoor door;
    private final StatelessParents parents;
    private final StatelessSessionImplementor session;
    private final EntityPersister persister;
    private final Object instance;
    private final InstanceState before;
    private @Nullable EnsureOutcome outcome;

    StatelessParent(StatelessParents parents, ParentNeed.Create need) {
        this.door = parents.door();
        this.parents = parents;
        this.session = parents.session();
        this.persister = need.persister();
        this.instance = parents.templates().filled(need.instance(), need.child());
        this.before = InstanceState.of(instance, persister, session);
    }

    /** Ends an insertion: the row is there, or refused. */
    private static final class NotInserted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotInserted() {
            super(null, null, false, false);
        }
    }

    /**
     * @return the instance, if its row is new; else a reference to the one that was there
     */
    Object ensure() {
        try {
            door.means()
                    .executors()
                    .replace(persister, this::ensure, () -> session.insert(persister.getEntityName(), instance));
        } catch (NotInserted there) {
            return existing(Objects.requireNonNull(outcome));
        } catch (RuntimeException failure) {
            before.restore();
            throw failure;
        }
        if (outcome == null) {
            before.restore();
            throw new VetoedParentException(persister.getEntityName());
        }
        door.touches(session).created(outcome, persister, instance, null);
        return instance;
    }

    /** Stands for the INSERT. */
    private GeneratedValues ensure(CapturedInsert insert) {
        ParentRule rule = door.rule().parent();
        RowValues values = insert.firstRow(rule);
        EnsureOutcome ensured = door.ensureParent(session).ensure(rule.row(MappedRows.key(rule, values), values));
        outcome = ensured;
        if (!(ensured instanceof EnsureOutcome.Created)) {
            throw new NotInserted();
        }
        Object id = id(ensured);
        hold(ensured, id);
        insert.executeOthers(door.means().executors().delegate(), id);
        return new GeneratedId(id);
    }

    private Object existing(EnsureOutcome ensured) {
        before.restore();
        ParentDoor.requireUsable(ensured);
        Object id = id(ensured);
        hold(ensured, id);
        persister.setIdentifier(instance, id, session);
        return parents.reference(id);
    }

    private Object id(EnsureOutcome ensured) {
        Object given = AssignedIds.of(persister) ? persister.getIdentifier(instance, session) : null;
        return MappedRows.id(ensured, persister, given, session);
    }

    private void hold(EnsureOutcome ensured, Object id) {
        door.hold(ensured, session.generateEntityKey(id, persister), instance, session);
    }
}

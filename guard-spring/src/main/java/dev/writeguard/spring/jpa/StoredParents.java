package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Looks for the rows that new instances stand for: by the id, where code assigns it, else by the natural id. */
final class StoredParents {

    private final RuledParent parent;
    private final SharedSessionContractImplementor session;

    StoredParents(RuledParent parent, SharedSessionContractImplementor session) {
        this.parent = parent;
        this.session = session;
    }

    /**
     * Locks those that are there, in one message.
     *
     * @return by position, the id; empty if there is no row, or if the instance does not have the whole key
     * @throws RuntimeException that of a refusal
     */
    List<Optional<Object>> find(List<ParentNeed.Create> needs) {
        List<Optional<Object>> found = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<ParentRow> rows = new ArrayList<>();
        for (ParentNeed.Create need : needs) {
            row(need).ifPresent(row -> {
                positions.add(found.size());
                rows.add(row);
            });
            found.add(Optional.empty());
        }
        if (!rows.isEmpty()) {
            List<Optional<EnsureOutcome>> outcomes =
                    parent.ensureParent(session).lockAll(rows.get(0).rule(), rows);
            parent.countWritten(outcomes.stream().flatMap(Optional::stream).toList(), session);
            for (int i = 0; i < rows.size(); i++) {
                ParentNeed.Create need = needs.get(positions.get(i));
                found.set(positions.get(i), outcomes.get(i).map(outcome -> held(outcome, need)));
            }
        }
        return found;
    }

    private Optional<ParentRow> row(ParentNeed.Create need) {
        EntityPersister persister = need.persister();
        boolean assigned = AssignedIds.of(persister);
        ParentRule rule =
                assigned ? parent.rules().byReference() : parent.rules().parent();
        Optional<RowKey> key = assigned
                ? Optional.of(
                        MappedRows.key(rule, persister, persister.getIdentifier(need.instance(), session), session))
                : MappedRows.naturalKey(rule, persister, need.instance(), session);
        return key.map(known ->
                rule.row(known, MappedRows.read(rule, parent.readAttributes(), persister, need.instance(), session)));
    }

    private Object held(EnsureOutcome outcome, ParentNeed.Create need) {
        RuledParent.requireUsable(outcome);
        EntityPersister persister = need.persister();
        Object assigned = AssignedIds.of(persister) ? persister.getIdentifier(need.instance(), session) : null;
        Object id = MappedRows.id(outcome, persister, assigned, session);
        parent.hold(outcome, session.generateEntityKey(id, persister), need.instance(), session);
        parent.door().found().add(parent, id, need.instance(), session);
        return id;
    }
}

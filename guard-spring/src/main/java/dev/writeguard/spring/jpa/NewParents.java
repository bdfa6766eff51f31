package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.schema.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.event.spi.EventSource;
import org.jspecify.annotations.Nullable;

/** Ensures rows with the values of new instances: as many as there are in one message. */
final class NewParents {

    private final ParentDoor door;
    private final EventSource session;
    private final Templates templates;
    private final ParentRule rule;

    NewParents(ParentDoor door, EventSource session, Templates templates) {
        this.door = door;
        this.session = session;
        this.templates = templates;
        this.rule = door.rule().parent();
    }

    /** An instance on its way, with the row that it would become, and the position of its need. */
    private record Prepared(int position, NewParent parent, CapturedInsert insert, RowValues values) {}

    /**
     * @return by position, the instance, managed, if its row is new; else a reference to the one that was there
     */
    List<Object> ensure(List<ParentNeed.Create> needs) {
        List<NewParent> begun = new ArrayList<>();
        try {
            needs.forEach(need -> begin(need, begun));
            @Nullable Object[] parents = new Object[needs.size()];
            ensurePrepared(prepare(needs, begun, parents), parents);
            return List.of(parents);
        } catch (RuntimeException failure) {
            begun.stream().filter(NewParent::isNotManaged).forEach(NewParent::restore);
            throw failure;
        }
    }

    private void begin(ParentNeed.Create need, List<NewParent> begun) {
        Object instance = templates.filled(need.instance(), need.child());
        door.door().beforeWrite(instance, need.persister(), session);
        var parent = new NewParent(instance, need.persister(), session);
        begun.add(parent);
        parent.prepare();
    }

    /**
     * An instance that cannot become a row, as one with nothing but its key, may stand for a row that is there.
     *
     * @throws RuntimeException the refusal of one that does not
     */
    private Collection<Prepared> prepare(
            List<ParentNeed.Create> needs, List<NewParent> begun, @Nullable Object[] parents) {
        Map<Integer, Prepared> prepared = new LinkedHashMap<>();
        List<Integer> refused = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            if (!begun.get(i).isNotManaged()) {
                // Another one of them refers to it, and it was created for that.
                parents[i] = begun.get(i).instance();
            } else if (begun.get(i).isAccepted()) {
                prepared.put(i, captured(i, begun.get(i)));
            } else {
                refused.add(i);
            }
        }
        if (refused.isEmpty()) {
            return prepared.values();
        }
        List<Optional<Object>> ids = new StoredParents(door, session)
                .find(refused.stream().map(needs::get).toList());
        for (int i = 0; i < ids.size(); i++) {
            NewParent parent = begun.get(refused.get(i));
            Object id = ids.get(i).orElseThrow(parent::refusal);
            parent.restore();
            parents[refused.get(i)] = door.reference(id, session);
        }
        return prepared.values();
    }

    private Prepared captured(int position, NewParent parent) {
        CapturedInsert insert = parent.capture(door.means().executors());
        return new Prepared(position, parent, insert, insert.firstRow(rule));
    }

    private void ensurePrepared(Collection<Prepared> prepared, @Nullable Object[] parents) {
        // Rows of one call have the same columns; subclasses, and rows written dynamically, may have others.
        Map<Set<Column>, List<Prepared>> byColumns = new LinkedHashMap<>();
        prepared.forEach(each -> byColumns
                .computeIfAbsent(each.values().columns(), first -> new ArrayList<>())
                .add(each));
        for (List<Prepared> alike : byColumns.values()) {
            List<ParentRow> rows =
                    alike.stream().map(each -> row(each.values())).toList();
            List<EnsureOutcome> outcomes = door.ensureParent(session).ensureAll(rule, rows);
            for (int i = 0; i < rows.size(); i++) {
                parents[alike.get(i).position()] = settle(alike.get(i), outcomes.get(i));
            }
        }
    }

    private ParentRow row(RowValues values) {
        return rule.row(MappedRows.key(rule, values), values);
    }

    private Object settle(Prepared prepared, EnsureOutcome outcome) {
        NewParent parent = prepared.parent();
        ParentDoor.requireUsable(outcome);
        Object id = MappedRows.id(outcome, parent.persister(), parent.id(), session);
        door.hold(outcome, session.generateEntityKey(id, parent.persister()), parent.instance(), session);
        // Two instances can be one row without being equal: then the first was created.
        if (outcome instanceof EnsureOutcome.Created && parent.isNotTaken(id)) {
            door.door().held().addWritten(session);
            prepared.insert().executeOthers(door.means().executors().delegate(), id);
            parent.created(id, door.touches(session), outcome);
            return parent.instance();
        }
        parent.restore();
        return door.reference(id, session);
    }
}

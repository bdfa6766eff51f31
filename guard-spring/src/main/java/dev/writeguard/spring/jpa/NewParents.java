package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.event.spi.EventSource;

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

    /** An instance on its way, with the row that it would become. */
    private record Prepared(NewParent parent, CapturedInsert insert, RowValues values) {}

    /**
     * @return by position, the instance, managed, if its row is new; else a reference to the one that was there
     */
    List<Object> ensure(List<ParentNeed.Create> needs) {
        List<Prepared> prepared = new ArrayList<>();
        try {
            needs.forEach(need -> prepared.add(prepare(need)));
            return ensurePrepared(prepared);
        } catch (RuntimeException failure) {
            prepared.stream()
                    .map(Prepared::parent)
                    .filter(NewParent::isNotManaged)
                    .forEach(NewParent::restore);
            throw failure;
        }
    }

    private List<Object> ensurePrepared(List<Prepared> prepared) {
        Object[] parents = new Object[prepared.size()];
        // Rows of one call have the same columns; subclasses, and rows written dynamically, may have others.
        Map<Set<Column>, List<Integer>> byColumns = new LinkedHashMap<>();
        for (int i = 0; i < prepared.size(); i++) {
            byColumns
                    .computeIfAbsent(prepared.get(i).values().columns(), first -> new ArrayList<>())
                    .add(i);
        }
        for (List<Integer> positions : byColumns.values()) {
            List<ParentRow> rows =
                    positions.stream().map(i -> row(prepared.get(i).values())).toList();
            List<EnsureOutcome> outcomes = door.ensureParent(session).ensureAll(rule, rows);
            for (int i = 0; i < rows.size(); i++) {
                parents[positions.get(i)] = settle(prepared.get(positions.get(i)), outcomes.get(i));
            }
        }
        return List.of(parents);
    }

    private ParentRow row(RowValues values) {
        return rule.row(MappedRows.key(rule, values), values);
    }

    private Prepared prepare(ParentNeed.Create need) {
        Object instance = templates.filled(need.instance(), need.child());
        door.door().beforeWrite(instance, need.persister(), session);
        var parent = new NewParent(instance, need.persister(), session);
        CapturedInsert insert = parent.prepare(door.means().executors());
        return new Prepared(parent, insert, insert.firstRow(rule));
    }

    private Object settle(Prepared prepared, EnsureOutcome outcome) {
        NewParent parent = prepared.parent();
        ParentDoor.requireUsable(outcome);
        Object id = MappedRows.id(outcome, parent.persister(), parent.id(), session);
        door.hold(outcome, session.generateEntityKey(id, parent.persister()), parent.instance(), session);
        // Two instances can be one row without being equal: then the first was created.
        if (outcome instanceof EnsureOutcome.Created && parent.isNotTaken(id)) {
            door.door().held().addCreated(session);
            prepared.insert().executeOthers(door.means().executors().delegate(), id);
            parent.created(id, door.touches(session), outcome);
            return parent.instance();
        }
        parent.restore();
        return door.reference(id, session);
    }
}

package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.event.spi.EventSource;
import org.jspecify.annotations.Nullable;

/** Ensures rows with the values of new instances: as many as there are in one message. */
final class NewParents {

    private final RuledParent parent;
    private final EventSource session;
    private final ParentRule rule;

    NewParents(RuledParent parent, EventSource session) {
        this.parent = parent;
        this.session = session;
        this.rule = parent.rules().parent();
    }

    /** An instance on its way, with the row that it would become, and the position of its need. */
    private record Prepared(
            int position, ParentNeed.Create need, NewParent instance, CapturedInsert insert, RowValues values) {

        String columns() {
            return values.columns().stream()
                    .map(column -> column.name().name())
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

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
        // If its row is there, it will be as it is now.
        var beginning = new NewParent(need.instance(), need.persister(), session);
        begun.add(beginning);
        need.referrer().fill(need.instance());
        parent.door().beforeWrite(need.instance(), need.persister(), session);
        // In a circle it may be a parent of its own parent, and be there by now.
        if (beginning.isNotManaged()) {
            beginning.prepare();
        }
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
                prepared.put(i, captured(i, needs.get(i), begun.get(i)));
            } else {
                refused.add(i);
            }
        }
        if (refused.isEmpty()) {
            return prepared.values();
        }
        List<Optional<Object>> ids = new StoredParents(parent, session)
                .find(refused.stream().map(needs::get).toList());
        for (int i = 0; i < ids.size(); i++) {
            NewParent candidate = begun.get(refused.get(i));
            Object id = ids.get(i).orElseThrow(candidate::refusal);
            parent.door().seen().add(needs.get(refused.get(i)), session);
            candidate.restore();
            parents[refused.get(i)] = parent.reference(id, session);
        }
        return prepared.values();
    }

    private Prepared captured(int position, ParentNeed.Create need, NewParent accepted) {
        CapturedInsert insert = accepted.capture(parent.means().executors());
        return new Prepared(position, need, accepted, insert, insert.firstRow(rule));
    }

    private void ensurePrepared(Collection<Prepared> prepared, @Nullable Object[] parents) {
        for (List<Prepared> alike : byColumns(prepared)) {
            List<ParentRow> rows =
                    alike.stream().map(each -> row(each.values())).toList();
            List<EnsureOutcome> outcomes = parent.ensureParent(session).ensureAll(rule, rows);
            parent.countWritten(outcomes, session);
            for (int i = 0; i < rows.size(); i++) {
                parents[alike.get(i).position()] = settle(alike.get(i), outcomes.get(i));
            }
        }
    }

    /** Rows of one call have the same columns; subclasses, and rows written dynamically, may have others. In one order. */
    private static Collection<List<Prepared>> byColumns(Collection<Prepared> prepared) {
        if (prepared.size() == 1) {
            return List.of(List.copyOf(prepared));
        }
        Map<String, List<Prepared>> byColumns = new TreeMap<>();
        prepared.forEach(each -> byColumns
                .computeIfAbsent(each.columns(), first -> new ArrayList<>())
                .add(each));
        return byColumns.values();
    }

    private ParentRow row(RowValues values) {
        return rule.row(MappedRows.key(rule, values), values);
    }

    private Object settle(Prepared prepared, EnsureOutcome outcome) {
        NewParent instance = prepared.instance();
        RuledParent.requireUsable(outcome);
        Object id = MappedRows.id(outcome, instance.persister(), instance.id(), session);
        parent.hold(outcome, session.generateEntityKey(id, instance.persister()), instance.instance(), session);
        // Two instances can be one row without being equal: then the first was created.
        if (outcome instanceof EnsureOutcome.Created && instance.isNotTaken(id)) {
            prepared.insert().executeOthers(parent.means().executors().delegate(), id);
            instance.created(id, parent.touches(session), outcome);
            parent.door().seen().remove(prepared.need(), session);
            return instance.instance();
        }
        parent.door().found().add(parent, id, instance.instance(), session);
        if (outcome instanceof EnsureOutcome.Existing) {
            parent.door().seen().add(prepared.need(), session);
        }
        instance.restore();
        return parent.reference(id, session);
    }
}

package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.ChildOutcome.Withheld;
import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Row;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many children in a transaction: first what is stored already, then the parents of the others, then those others. For
 * rules whose counts have several readings. A child that may be sent twice is called inserted only if the server says so:
 * docs/protocols/bulk.md.
 */
final class ParentsFirst {

    private final Run run;
    private final ChildRule rule;
    private final ChildBatch all;
    private final RowValues nothing;
    private final @Nullable ChildOutcome[] outcomes;

    /** The outcomes of those that were stored before this call sent any. */
    private final @Nullable ChildOutcome[] before;

    private final Set<Integer> inserted = new TreeSet<>();
    private final Set<PlannedParent> created = Collections.newSetFromMap(new IdentityHashMap<>());

    ParentsFirst(Run run, ChildBatch all) {
        this.run = run;
        this.rule = all.rule();
        this.all = all;
        this.nothing = RowValues.none(rule.table());
        this.outcomes = new ChildOutcome[all.positions().size()];
        this.before = new ChildOutcome[outcomes.length];
    }

    List<ChildOutcome> insert() throws SQLException {
        markStored();
        System.arraycopy(outcomes, 0, before, 0, outcomes.length);
        return run.attempts().until(this::attempt, () -> StoredChild.hidden(rule));
    }

    /** Empty if a child was in the way of one of them, and is gone. */
    private Optional<List<ChildOutcome>> attempt() throws SQLException {
        if (!anyRefused() && !open().isEmpty()) {
            send(open());
            markStored();
        }
        if (anyRefused()) {
            return Optional.of(withheld());
        }
        if (!open().isEmpty()) {
            if (rule.table().rewritesInserts() || !inserted.isEmpty()) {
                // Sent again here it could be stored twice elsewhere, or wait in the wrong order for keys of other
                // bulks.
                run.written().beyondReach();
                throw StoredChild.hidden(rule);
            }
            return Optional.empty();
        }
        if (rule.once().isPresent()) {
            send(touchParents());
        }
        return Optional.of(Arrays.stream(outcomes).map(ChildOutcome.class::cast).toList());
    }

    /** Those without an outcome. */
    private ChildBatch open() {
        return all.only(IntStream.range(0, outcomes.length)
                .filter(i -> outcomes[i] == null)
                .boxed()
                .collect(Collectors.toSet()));
    }

    /** Gives those their outcomes that are stored already. */
    private void markStored() throws SQLException {
        ChildBatch open = open();
        if (rule.once().isEmpty() || open.isEmpty()) {
            return;
        }
        Answer stored =
                run.session().send(open.sql(false).look(rule.once().get())).get(0);
        for (Row row : stored.rows()) {
            outcomes[open.positions().get(row.index(0))] = row.flag(1)
                    ? new Duplicate(nothing)
                    : new Elsewhere(rule.table().name());
        }
    }

    private void send(ChildBatch open) throws SQLException {
        open.refuseParentsAmongChildren();
        EnsureMany ensuring =
                EnsureMany.ofChildren(run, rule.parent(), open.parents().planned());
        if (ensuring.look()) {
            ensuring.ensure();
        }
        for (int i = 0; i < open.positions().size(); i++) {
            if (ensuring.outcome(open.parents().of(i)).orElse(null) instanceof EnsureOutcome.Refused refused) {
                outcomes[open.positions().get(i)] =
                        new ChildOutcome.Refused(rule.table().name(), refused.why());
            }
        }
        if (!anyRefused()) {
            ensuring.created()
                    .forEach(parent -> created.add(open.parents().planned().get(parent)));
            sendChildren(open);
        }
    }

    /** Answered one by one where a child may be stored already, else by their number. */
    private void sendChildren(ChildBatch open) throws SQLException {
        if (rule.once().isPresent()) {
            Answer answer = run.session().send(open.sql(false).insert()).get(0);
            answer.rows().forEach(row -> markInserted(open, row.index(0)));
            return;
        }
        inserted.addAll(open.positions());
        List<Action> actions = new ArrayList<>(List.of(open.sql(false).insert()));
        actions.addAll(touchParents());
        Answer answer = run.session().send(actions).get(0);
        if (answer.count() != open.positions().size() && !rule.table().rewritesInserts()) {
            throw Attempts.hidden(rule.parent());
        }
        IntStream.range(0, open.positions().size()).forEach(i -> markInserted(open, i));
    }

    private void markInserted(ChildBatch open, int child) {
        int position = open.positions().get(child);
        PlannedParent parent = open.parents().planned().get(open.parents().of(child));
        outcomes[position] = new Inserted(created.remove(parent), nothing);
        inserted.add(position);
        run.written().beyondReach();
    }

    /** TOUCH comes last: a parent is not touched for children that are stored already, or refused. */
    private List<Action> touchParents() {
        ParentRule parent = rule.parent();
        if (parent.touch().isEmpty() || inserted.isEmpty()) {
            return List.of();
        }
        List<PlannedParent> touched = all.only(inserted).parents().planned();
        return List.of(new BulkTouchSql(parent, parent.touch().get(), PlannedParent.comparedAndTouched(touched))
                .touchLocked());
    }

    private void send(List<Action> actions) throws SQLException {
        if (!actions.isEmpty()) {
            run.session().send(actions);
        }
    }

    private boolean anyRefused() {
        return Arrays.stream(outcomes)
                .anyMatch(outcome -> outcome instanceof Elsewhere || outcome instanceof ChildOutcome.Refused);
    }

    /** All or none: takes back what was inserted before one turned up elsewhere, or had its parent refused. */
    private List<ChildOutcome> withheld() throws SQLException {
        if (!run.session().undoesByItself() && !inserted.isEmpty()) {
            deleteChildren();
        }
        run.takeBack();
        return IntStream.range(0, outcomes.length).mapToObj(this::withheld).toList();
    }

    private ChildOutcome withheld(int position) {
        ChildOutcome outcome = outcomes[position];
        if (outcome instanceof Elsewhere || outcome instanceof ChildOutcome.Refused) {
            return outcome;
        }
        ChildOutcome stored = before[position];
        return stored == null ? new Withheld() : stored;
    }

    private void deleteChildren() throws SQLException {
        try {
            run.session()
                    .send(all.only(inserted).sql(false).takeBack(rule.once().orElseThrow(), inserted.size()));
        } catch (SQLException failure) {
            throw Written.failed(rule.table(), failure);
        }
    }
}

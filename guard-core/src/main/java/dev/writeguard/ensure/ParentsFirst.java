package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.ChildOutcome.Withheld;
import dev.writeguard.plan.Action;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.schema.UniqueKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many children in a transaction: first what is stored already, then the parents, then the children. For rules whose
 * counts have several readings.
 */
final class ParentsFirst {

    private final Run run;
    private final ChildRule rule;
    private final List<PlannedChild> children;
    private final DistinctParents parents;
    private final BulkChildSql sql;
    private final RowValues nothing;

    ParentsFirst(Run run, ChildRule rule, List<PlannedChild> children, DistinctParents parents) {
        this.run = run;
        this.rule = rule;
        this.children = children;
        this.parents = parents;
        Input keys = PlannedParent.keys(parents.planned());
        this.sql = new BulkChildSql(rule, PlannedChild.input(children, parents), keys, false);
        this.nothing = RowValues.none(rule.table());
    }

    List<ChildOutcome> insert() throws SQLException {
        @Nullable ChildOutcome[] outcomes = new ChildOutcome[children.size()];
        markStored(outcomes);
        if (anyRefused(outcomes)) {
            return withheld(outcomes);
        }
        EnsureMany ensuring = EnsureMany.ofChildren(run, rule.parent(), parents.planned());
        if (ensuring.look()) {
            ensuring.ensure();
        }
        markRefused(outcomes, ensuring);
        return anyRefused(outcomes) ? withheld(outcomes) : insert(outcomes, ensuring.created());
    }

    private List<ChildOutcome> insert(@Nullable ChildOutcome[] outcomes, Set<Integer> created) throws SQLException {
        @Nullable ChildOutcome[] before = outcomes.clone();
        Set<Integer> inserted = sendChildren();
        for (int i : inserted) {
            outcomes[i] = new Inserted(created.remove(parents.of(i)), nothing);
        }
        markStored(outcomes);
        if (anyRefused(outcomes)) {
            return takenBack(outcomes, before, inserted);
        }
        if (rule.once().isPresent()) {
            touch(inserted);
        }
        return outcomes(outcomes, i -> new Inserted(false, nothing));
    }

    /** Marks those without an outcome whose parent may not be used; a child that is stored already is no refusal. */
    private void markRefused(@Nullable ChildOutcome[] outcomes, EnsureMany ensuring) {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null
                    && ensuring.outcome(parents.of(i)).orElse(null) instanceof EnsureOutcome.Refused refused) {
                outcomes[i] = new ChildOutcome.Refused(rule.table().name(), refused.why());
            }
        }
    }

    /** Marks those without an outcome that are stored already. */
    private void markStored(@Nullable ChildOutcome[] outcomes) throws SQLException {
        if (rule.once().isEmpty() || IntStream.range(0, outcomes.length).noneMatch(i -> outcomes[i] == null)) {
            return;
        }
        run.session().send(sql.look(rule.once().get())).get(0).rows().forEach(row -> {
            int position = row.index(0);
            if (outcomes[position] == null) {
                outcomes[position] = row.flag(1)
                        ? new Duplicate(nothing)
                        : new Elsewhere(rule.table().name());
            }
        });
    }

    /** The positions inserted: answered one by one where a child may be stored already, else all. */
    private Set<Integer> sendChildren() throws SQLException {
        Set<Integer> positions = new HashSet<>();
        if (rule.once().isPresent()) {
            run.session().send(sql.insert()).get(0).rows().forEach(row -> positions.add(row.index(0)));
        } else {
            IntStream.range(0, children.size()).forEach(positions::add);
            List<Action> actions = new ArrayList<>(List.of(sql.insert()));
            actions.addAll(touchParentsOf(positions));
            run.session().send(actions);
        }
        return positions;
    }

    private void touch(Set<Integer> inserted) throws SQLException {
        List<Action> touch = touchParentsOf(inserted);
        if (!touch.isEmpty()) {
            run.session().send(touch);
        }
    }

    /** TOUCH comes last: a parent is not touched for children that are stored already, or refused. */
    private List<Action> touchParentsOf(Set<Integer> inserted) {
        List<PlannedParent> touched = inserted.stream()
                .map(parents::of)
                .distinct()
                .sorted()
                .map(parents.planned()::get)
                .toList();
        ParentRule parent = rule.parent();
        return parent.touch().isEmpty() || touched.isEmpty()
                ? List.of()
                : List.of(BulkSql.touch(parent, parent.touch().get(), EnsureMany.comparedAndTouched(parent, touched)));
    }

    private static boolean anyRefused(@Nullable ChildOutcome[] outcomes) {
        for (ChildOutcome outcome : outcomes) {
            if (outcome instanceof Elsewhere || outcome instanceof ChildOutcome.Refused) {
                return true;
            }
        }
        return false;
    }

    /** A child turned up elsewhere after the look: another session's, or twice in this very input. */
    private List<ChildOutcome> takenBack(
            @Nullable ChildOutcome[] outcomes, @Nullable ChildOutcome[] before, Set<Integer> inserted)
            throws SQLException {
        if (rule.once().isPresent() && run.session().joined() && !inserted.isEmpty()) {
            deleteChildren(rule.once().get(), inserted);
        }
        for (int i = 0; i < outcomes.length; i++) {
            if (!(outcomes[i] instanceof Elsewhere)) {
                outcomes[i] = before[i];
            }
        }
        return withheld(outcomes);
    }

    private void deleteChildren(UniqueKey once, Set<Integer> inserted) throws SQLException {
        try {
            run.session().send(sql.takeBack(once, inserted));
        } catch (SQLException failure) {
            throw Written.failed(rule.table(), failure);
        }
    }

    private List<ChildOutcome> withheld(@Nullable ChildOutcome[] outcomes) throws SQLException {
        run.takeBack();
        return outcomes(outcomes, i -> new Withheld());
    }

    private static List<ChildOutcome> outcomes(@Nullable ChildOutcome[] outcomes, IntFunction<ChildOutcome> ofOthers) {
        return IntStream.range(0, outcomes.length)
                .mapToObj(i -> {
                    ChildOutcome outcome = outcomes[i];
                    return outcome == null ? ofOthers.apply(i) : outcome;
                })
                .toList();
    }
}

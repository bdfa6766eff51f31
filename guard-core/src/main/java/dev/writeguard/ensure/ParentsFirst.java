package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.ChildOutcome.Withheld;
import dev.writeguard.plan.Action;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
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

    private final WriteSession session;
    private final Attempts attempts;
    private final ChildRule rule;
    private final List<PlannedChild> children;
    private final DistinctParents parents;
    private final BulkChildSql sql;
    private final RowValues nothing;

    ParentsFirst(
            WriteSession session,
            Attempts attempts,
            ChildRule rule,
            List<PlannedChild> children,
            DistinctParents parents) {
        this.session = session;
        this.attempts = attempts;
        this.rule = rule;
        this.children = children;
        this.parents = parents;
        this.sql = new BulkChildSql(rule, PlannedChild.input(children, parents), keys(parents.planned()));
        this.nothing = RowValues.none(rule.table());
    }

    List<ChildOutcome> insert() throws SQLException {
        @Nullable ChildOutcome[] outcomes = new ChildOutcome[children.size()];
        markStored(outcomes);
        if (anyRefused(outcomes)) {
            return withheld(outcomes, List.of());
        }
        var ensuring = new EnsureMany(session, attempts, rule.parent(), parents.planned(), false);
        if (!ensuring.look()) {
            markRefused(outcomes, ensuring);
        }
        if (anyRefused(outcomes)) {
            return withheld(outcomes, List.of());
        }
        List<EnsureOutcome> ensured = ensuring.run();
        List<PlannedParent> created = IntStream.range(0, ensured.size())
                .filter(i -> ensured.get(i) instanceof EnsureOutcome.Created)
                .mapToObj(parents.planned()::get)
                .toList();
        markRefused(outcomes, ensuring);
        return anyRefused(outcomes) ? withheld(outcomes, created) : insert(outcomes, created);
    }

    private List<ChildOutcome> insert(@Nullable ChildOutcome[] outcomes, List<PlannedParent> created)
            throws SQLException {
        @Nullable ChildOutcome[] before = outcomes.clone();
        Set<Integer> createdPositions = new HashSet<>();
        created.forEach(parent -> createdPositions.add(parents.planned().indexOf(parent)));
        Set<Integer> inserted = sendChildren();
        for (int i : inserted) {
            outcomes[i] = new Inserted(createdPositions.remove(parents.of(i)), nothing);
        }
        markStored(outcomes);
        if (anyRefused(outcomes)) {
            return takenBack(outcomes, before, inserted, created);
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
        session.send(sql.look(rule.once().get())).get(0).rows().forEach(row -> {
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
            session.send(sql.insert()).get(0).rows().forEach(row -> positions.add(row.index(0)));
        } else {
            IntStream.range(0, children.size()).forEach(positions::add);
            List<Action> actions = new ArrayList<>(List.of(sql.insert()));
            actions.addAll(touchParentsOf(positions));
            session.send(actions);
        }
        return positions;
    }

    private void touch(Set<Integer> inserted) throws SQLException {
        List<Action> touch = touchParentsOf(inserted);
        if (!touch.isEmpty()) {
            session.send(touch);
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
            @Nullable ChildOutcome[] outcomes,
            @Nullable ChildOutcome[] before,
            Set<Integer> inserted,
            List<PlannedParent> created)
            throws SQLException {
        if (rule.once().isPresent() && !session.undo()) {
            session.send(sql.takeBack(rule.once().get(), inserted));
        }
        for (int i = 0; i < outcomes.length; i++) {
            if (!(outcomes[i] instanceof Elsewhere)) {
                outcomes[i] = before[i];
            }
        }
        return withheld(outcomes, created);
    }

    private List<ChildOutcome> withheld(@Nullable ChildOutcome[] outcomes, List<PlannedParent> created)
            throws SQLException {
        if (!session.undo() && !created.isEmpty()) {
            session.send(BulkSql.takeBack(rule.parent(), keys(created)));
        }
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

    private static Input keys(List<PlannedParent> planned) {
        return Input.of(planned.get(0).rule().key().columns(), planned, PlannedParent::value);
    }
}

package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Row;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.Touch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ensures many parents of one rule: docs/protocols/bulk.md. */
final class EnsureMany {

    private final Run run;
    private final ParentRule rule;
    private final ParentReading reading;
    private final Purpose purpose;
    private final @Nullable EnsureOutcome[] outcomes;
    private boolean looked;

    /** Those that are not known to be there, by input position. */
    private final Map<Integer, PlannedParent> pending = new TreeMap<>();

    /** Those that a look has found, and locked less than the rule asks for. */
    private final Map<Integer, PlannedParent> held = new TreeMap<>();

    /** What the parents are ensured for. */
    private enum Purpose {
        THEMSELVES,

        /** All of the children are inserted next or none; TOUCH is left until then. */
        CHILDREN,

        /** Not touched, since what is below can still be refused, or be there already. */
        DESCENDANTS
    }

    private EnsureMany(Run run, ParentRule rule, List<PlannedParent> parents, Purpose purpose) {
        this.run = run;
        this.rule = rule;
        this.reading = new ParentReading(rule, parents);
        this.purpose = purpose;
        this.outcomes = new EnsureOutcome[parents.size()];
        IntStream.range(0, parents.size()).forEach(position -> pending.put(position, parents.get(position)));
    }

    /** Parents by themselves. */
    static EnsureMany alone(Run run, ParentRule rule, List<PlannedParent> parents) {
        return new EnsureMany(run, rule, parents, Purpose.THEMSELVES);
    }

    /** The parents of children that are inserted next. */
    static EnsureMany ofChildren(Run run, ParentRule rule, List<PlannedParent> parents) {
        return new EnsureMany(run, rule, parents, Purpose.CHILDREN);
    }

    /** What other parents refer to themselves. */
    static EnsureMany above(Run run, ParentRule rule, List<PlannedParent> parents) {
        return new EnsureMany(run, rule, parents, Purpose.DESCENDANTS);
    }

    /** The outcomes by input position. */
    List<EnsureOutcome> run() throws SQLException {
        if (outcomes.length == 0) {
            return List.of();
        }
        boolean held = !ParentSql.locksLeast(rule) && pending.values().stream().anyMatch(PlannedParent::looksFirst);
        boolean oneMessage = reading.fixedWidth()
                && !held
                && pending.values().stream().allMatch(PlannedParent::storedAsGiven)
                && pending.values().stream()
                        .allMatch(parent -> parent.row().ancestors().isEmpty());
        return run.session().atomically(oneMessage, () -> {
            ensure();
            return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
        });
    }

    /**
     * Looks for those that are there, if the rule or one of them asks for that, inside a transaction. Creates nothing, no
     * ancestor either. Until all absent ones are inserted the weakest lock does, as in {@link BulkSql#lockExisting}.
     *
     * @return whether all that were found may be used
     */
    boolean look() throws SQLException {
        if (!looked && pending.values().stream().anyMatch(PlannedParent::looksFirst)) {
            List<Integer> positions = List.copyOf(pending.keySet());
            List<Action> actions = SoftReference.startOf(rule);
            actions.add(BulkSql.look(rule, PlannedParent.compared(List.copyOf(pending.values())), reading));
            List<Answer> answers = SoftReference.checked(rule, run.session().send(actions));
            for (Row row : answers.get(answers.size() - 1).rows()) {
                found(positions.get(row.index(0)), row);
            }
        }
        looked = true;
        return !anyRefused();
    }

    private void found(int position, Row row) {
        PlannedParent parent = Objects.requireNonNull(pending.remove(position));
        EnsureOutcome outcome = reading.locked(parent.key(), row, 1, false);
        if (outcome instanceof EnsureOutcome.Refused || ParentSql.locksLeast(rule)) {
            outcomes[position] = outcome;
        } else {
            held.put(position, parent);
        }
    }

    private boolean anyRefused() {
        return Arrays.stream(outcomes).anyMatch(EnsureOutcome.Refused.class::isInstance);
    }

    /** The positions of those that this call has created. */
    Set<Integer> created() {
        return IntStream.range(0, outcomes.length)
                .filter(position -> outcomes[position] instanceof EnsureOutcome.Created)
                .boxed()
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The outcome at a position, if it is settled. */
    Optional<EnsureOutcome> outcome(int position) {
        return Optional.ofNullable(outcomes[position]);
    }

    /**
     * Ensures them, inside a transaction or in a single message. For children it stops where one is refused.
     */
    void ensure() throws SQLException {
        look();
        if (pending.isEmpty() && held.isEmpty()) {
            return;
        }
        List<Integer> absent = List.copyOf(pending.keySet());
        int before = run.written().size();
        Ancestors.ensureOf(pending, run);
        int after = run.written().size();
        pending.values().forEach(PlannedParent::requireValues);
        run.attempts().until(rule, pending.values(), this::acquire);
        if (!allCreated(absent)) {
            run.written().takeBackUnused(run.session(), before, after);
        }
    }

    /** Whether this call has created them all, some of them for an equal one. */
    private boolean allCreated(List<Integer> positions) {
        Set<List<@Nullable Object>> created =
                created().stream().map(this::storedKey).collect(Collectors.toSet());
        return positions.stream().map(this::storedKey).allMatch(created::contains);
    }

    private List<@Nullable Object> storedKey(int position) {
        EnsureOutcome outcome = outcomes[position];
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; outcome != null && i < rule.key().columns().size(); i++) {
            values.add(outcome.key().value(i));
        }
        return values;
    }

    /** One message; empty if some are still not there at its end, and there is a reason to try again. */
    private Optional<Boolean> acquire() throws SQLException {
        List<PlannedParent> absent = List.copyOf(pending.values());
        Map<Integer, PlannedParent> wanted = new TreeMap<>(pending);
        wanted.putAll(held);
        List<Action> actions = SoftReference.startOf(rule);
        if (!absent.isEmpty()) {
            actions.add(BulkSql.lockExisting(rule, PlannedParent.keys(absent)));
            actions.add(BulkSql.insert(
                    rule,
                    Input.of(PlannedParent.commonColumns(absent), absent, PlannedParent::value),
                    purpose == Purpose.CHILDREN));
        }
        actions.addAll(lock(List.copyOf(wanted.values()), !run.session().inTransaction()));
        return run.sendWhole(rule, actions).flatMap(answers -> settle(absent, List.copyOf(wanted.keySet()), answers));
    }

    /** Only those that are there, by input position: one message. */
    List<Optional<EnsureOutcome>> lookOnly() throws SQLException {
        return run.session().atomically(reading.fixedWidth(), () -> {
            List<Integer> positions = List.copyOf(pending.keySet());
            List<Action> actions = SoftReference.startOf(rule);
            actions.addAll(lock(List.copyOf(pending.values()), false));
            settle(
                    List.of(),
                    positions,
                    SoftReference.checked(rule, run.session().send(actions)));
            return Arrays.stream(outcomes).map(Optional::ofNullable).toList();
        });
    }

    private List<Action> lock(List<PlannedParent> parents, boolean orFail) {
        Touch touch = rule.touch().orElse(null);
        if (touch == null || purpose != Purpose.THEMSELVES) {
            return List.of(BulkSql.lock(rule, PlannedParent.compared(parents), reading, orFail));
        }
        Input input = PlannedParent.comparedAndTouched(parents);
        return List.of(
                BulkSql.lockForTouch(rule, input), new BulkTouchSql(rule, touch, input).lockAndTouch(reading, orFail));
    }

    private Optional<Boolean> settle(List<PlannedParent> absent, List<Integer> positions, List<Answer> answers) {
        if (purpose == Purpose.THEMSELVES && rule.touch().isPresent()) {
            run.written().beyondReach();
        }
        List<PlannedParent> created = absent.isEmpty()
                ? List.of()
                : BulkSql.created(rule, answers.get(1), run).stream()
                        .map(absent::get)
                        .toList();
        run.written().created(created);
        Set<PlannedParent> unsettled = Collections.newSetFromMap(new IdentityHashMap<>());
        unsettled.addAll(created);
        for (Row row : answers.get(answers.size() - 1).rows()) {
            settle(positions.get(row.index(0)), row, unsettled);
        }
        if (!unsettled.isEmpty()) {
            throw Attempts.hidden(rule);
        }
        boolean done = pending.isEmpty() && held.isEmpty();
        return done || purpose == Purpose.CHILDREN && anyRefused() ? Optional.of(true) : Optional.empty();
    }

    private void settle(int position, Row row, Set<PlannedParent> created) {
        PlannedParent parent = Objects.requireNonNull(
                pending.containsKey(position) ? pending.remove(position) : held.remove(position));
        EnsureOutcome outcome = reading.locked(parent.key(), row, 1, created.remove(parent));
        outcomes[position] = purpose == Purpose.THEMSELVES ? reading.touchedToo(outcome, row, 1) : outcome;
    }
}

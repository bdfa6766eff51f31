package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Row;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.Touch;
import dev.writeguard.schema.Column;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    private final boolean forChildren;
    private final @Nullable ParentRule below;
    private final @Nullable EnsureOutcome[] outcomes;
    private boolean looked;

    /** Those that are not known to be there, by input position. */
    private final Map<Integer, PlannedParent> pending = new TreeMap<>();

    private EnsureMany(
            Run run, ParentRule rule, List<PlannedParent> parents, boolean forChildren, @Nullable ParentRule below) {
        this.run = run;
        this.rule = rule;
        this.reading = new ParentReading(rule, parents);
        this.forChildren = forChildren;
        this.below = below;
        this.outcomes = new EnsureOutcome[parents.size()];
        IntStream.range(0, parents.size()).forEach(position -> pending.put(position, parents.get(position)));
    }

    /** Parents by themselves. */
    static EnsureMany alone(Run run, ParentRule rule, List<PlannedParent> parents) {
        return new EnsureMany(run, rule, parents, false, null);
    }

    /**
     * The parents of children, all of which are inserted next or none. TOUCH is left until then; the locks are the same.
     */
    static EnsureMany ofChildren(Run run, ParentRule rule, List<PlannedParent> parents) {
        return new EnsureMany(run, rule, parents, true, null);
    }

    /** What parents of that other rule refer to themselves. */
    static EnsureMany above(Run run, ParentRule rule, List<PlannedParent> parents, ParentRule below) {
        return new EnsureMany(run, rule, parents, false, below);
    }

    /** The outcomes by input position. */
    List<EnsureOutcome> run() throws SQLException {
        if (outcomes.length == 0) {
            return List.of();
        }
        boolean oneMessage = reading.fixedWidth()
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
     * ancestor either.
     *
     * @return whether all that were found may be used
     */
    boolean look() throws SQLException {
        if (!looked && pending.values().stream().anyMatch(PlannedParent::looksFirst)) {
            acquire(false);
        }
        looked = true;
        return !anyRefused();
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
        if (pending.isEmpty()) {
            return;
        }
        List<Integer> positions = List.copyOf(pending.keySet());
        int before = run.written().size();
        Ancestors.ensureOf(pending, run);
        int after = run.written().size();
        pending.values().forEach(PlannedParent::requireValues);
        run.attempts().until(rule, pending.values(), () -> acquire(true));
        if (!positions.stream().allMatch(position -> outcomes[position] instanceof EnsureOutcome.Created)) {
            run.written().takeBackUnused(run.session(), before, after);
        }
    }

    /** One message; empty if some are still not there at its end, and there is a reason to try again. */
    private Optional<Boolean> acquire(boolean insert) throws SQLException {
        List<Integer> positions = List.copyOf(pending.keySet());
        Input input = input(insert);
        List<Action> actions = SoftReference.startOf(rule);
        if (insert) {
            actions.add(BulkSql.lockExisting(rule, input));
            actions.add(BulkSql.insert(rule, input, forChildren));
        }
        actions.addAll(lock(input));
        List<Answer> answers = SoftReference.checked(rule, run.session().send(actions));
        Set<Integer> created = new LinkedHashSet<>();
        if (insert) {
            BulkSql.created(rule, answers.get(1), run).forEach(index -> created.add(positions.get(index)));
            created.forEach(position -> run.written().created(Objects.requireNonNull(pending.get(position)), below));
        }
        for (Row row : answers.get(answers.size() - 1).rows()) {
            int position = positions.get(row.index(0));
            settle(position, row, created.contains(position));
        }
        if (created.stream().anyMatch(pending::containsKey)) {
            throw Attempts.hidden(rule);
        }
        return pending.isEmpty() || forChildren && anyRefused() ? Optional.of(true) : Optional.empty();
    }

    private List<Action> lock(Input input) {
        Touch touch = rule.touch().orElse(null);
        if (forChildren || touch == null) {
            return List.of(BulkSql.lock(rule, input, reading));
        }
        run.written().beyondReach();
        return List.of(BulkSql.lockForTouch(rule, input), new BulkTouchSql(rule, touch, input).lockAndTouch(reading));
    }

    private void settle(int position, Row row, boolean created) {
        PlannedParent parent = Objects.requireNonNull(pending.remove(position));
        EnsureOutcome outcome = reading.locked(parent.key(), row, 1, created);
        outcomes[position] = forChildren ? outcome : ParentReading.withVersion(outcome, reading.versionAfter(row, 1));
    }

    /** What the statements need: all values to insert, or the key and what is compared and touched. */
    private Input input(boolean insert) {
        List<PlannedParent> parents = List.copyOf(pending.values());
        if (insert) {
            return Input.of(PlannedParent.commonColumns(parents), parents, PlannedParent::value);
        }
        return comparedAndTouched(rule, parents);
    }

    static Input comparedAndTouched(ParentRule rule, List<PlannedParent> parents) {
        Set<Column> columns = new LinkedHashSet<>(rule.key().columns());
        columns.addAll(rule.match());
        rule.touch().ifPresent(touch -> columns.addAll(touch.values()));
        return Input.of(List.copyOf(columns), parents, PlannedParent::value);
    }
}

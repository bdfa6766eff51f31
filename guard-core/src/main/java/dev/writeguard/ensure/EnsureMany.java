package dev.writeguard.ensure;

import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Row;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.Touch;
import dev.writeguard.schema.Column;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ensures many parents of one rule: docs/protocols/bulk.md. */
final class EnsureMany {

    private final WriteSession session;
    private final Attempts attempts;
    private final ParentRule rule;
    private final ParentReading reading;
    private final boolean touches;
    private final @Nullable EnsureOutcome[] outcomes;
    private boolean looked;

    /** Those that are not known to be there, by input position. */
    private final Map<Integer, PlannedParent> pending = new TreeMap<>();

    EnsureMany(WriteSession session, Attempts attempts, ParentRule rule, List<PlannedParent> parents) {
        this(session, attempts, rule, parents, rule.touch().isPresent());
    }

    /**
     * @param touches false to leave TOUCH until the children are inserted; the locks are the same
     */
    EnsureMany(WriteSession session, Attempts attempts, ParentRule rule, List<PlannedParent> parents, boolean touches) {
        this.session = session;
        this.attempts = attempts;
        this.rule = rule;
        this.reading = new ParentReading(rule);
        this.touches = touches;
        this.outcomes = new EnsureOutcome[parents.size()];
        IntStream.range(0, parents.size()).forEach(position -> pending.put(position, parents.get(position)));
    }

    /** The outcomes by input position. */
    List<EnsureOutcome> run() throws SQLException {
        if (outcomes.length == 0) {
            return List.of();
        }
        return oneMessage() ? ensure() : session.transactional(this::ensure);
    }

    private boolean oneMessage() {
        return session.inTransaction()
                || reading.fixedWidth()
                        && pending.values().stream().allMatch(PlannedParent::storedAsGiven)
                        && pending.values().stream()
                                .allMatch(parent -> parent.row().ancestors().isEmpty())
                        && session.atomicMessages();
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
        return Arrays.stream(outcomes).noneMatch(EnsureOutcome.Refused.class::isInstance);
    }

    /** The outcome at a position, if it is settled. */
    Optional<EnsureOutcome> outcome(int position) {
        return Optional.ofNullable(outcomes[position]);
    }

    private List<EnsureOutcome> ensure() throws SQLException {
        look();
        if (!pending.isEmpty()) {
            Ancestors.ensureOf(pending, session, attempts);
            pending.values().forEach(PlannedParent::requireValues);
            attempts.until(rule, pending.values(), () -> acquire(true));
        }
        return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
    }

    /** One message; empty if some are still not there at its end. */
    private Optional<Boolean> acquire(boolean insert) throws SQLException {
        List<Integer> positions = List.copyOf(pending.keySet());
        Input input = input(insert);
        List<Action> actions = SoftReference.startOf(rule);
        if (insert) {
            actions.add(BulkSql.lockExisting(rule, input));
            actions.add(BulkSql.insert(rule, input));
        }
        actions.add(BulkSql.lock(rule, input, reading));
        if (touches) {
            rule.touch().ifPresent(touch -> actions.add(BulkSql.touch(rule, touch, input)));
        }
        List<Answer> answers = SoftReference.checked(rule, session.send(actions));
        Set<Integer> created = new LinkedHashSet<>();
        if (insert) {
            answers.get(1).rows().forEach(row -> created.add(positions.get(row.index(0))));
        }
        Map<Integer, OptionalLong> versions = versions(positions, answers.get(answers.size() - 1));
        for (Row row : answers.get(insert ? 2 : 0).rows()) {
            int position = positions.get(row.index(0));
            settle(position, row, created.contains(position), versions);
        }
        if (created.stream().anyMatch(pending::containsKey)) {
            throw Attempts.hidden(rule);
        }
        return pending.isEmpty() ? Optional.of(true) : Optional.empty();
    }

    private void settle(int position, Row row, boolean created, Map<Integer, OptionalLong> versions) {
        PlannedParent parent = Objects.requireNonNull(pending.remove(position));
        EnsureOutcome outcome = reading.locked(parent.key(), row, 1, created);
        outcomes[position] = ParentReading.withVersion(outcome, versions.getOrDefault(position, OptionalLong.empty()));
    }

    private Map<Integer, OptionalLong> versions(List<Integer> positions, Answer touched) {
        Map<Integer, OptionalLong> versions = new HashMap<>();
        if (touches && rule.touch().map(Touch::version).isPresent()) {
            touched.rows()
                    .forEach(row ->
                            versions.put(positions.get(row.index(0)), OptionalLong.of(row.value(1, Long.class))));
        }
        return versions;
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

package dev.writeguard.ensure;

import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.plan.Action;
import dev.writeguard.plan.Answer;
import dev.writeguard.plan.Row;
import dev.writeguard.plan.WriteSession;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Inserts a child together with its parent: protocol A' of docs/protocols/parent-and-child.md. */
final class InsertOne {

    private final WriteSession session;
    private final Attempts attempts;
    private final ChildRule rule;
    private final ParentRule parentRule;
    private final ChildRow row;
    private final PlannedChild child;
    private final PlannedParent parent;

    InsertOne(WriteSession session, Attempts attempts, ChildRule rule, ChildRow row) {
        this.session = session;
        this.attempts = attempts;
        this.rule = rule;
        this.parentRule = rule.parent();
        this.row = row;
        this.child = PlannedChild.of(rule, row);
        PlannedParent.requireOf(parentRule, row.parent());
        this.parent = PlannedParent.of(row.parent(), row.values());
    }

    ChildOutcome run() throws SQLException {
        if (!parent.row().ancestors().isEmpty() || rule.table().rewritesInserts()) {
            return session.transactional(this::parentFirst);
        }
        return countIsClear() && oneMessage()
                ? together(new Pair()::send)
                : session.transactional(() -> together(new Pair()::sendAndLook));
    }

    /** A look for an existing parent is none of the tries to create one, and what follows it no repetition. */
    private ChildOutcome together(Attempts.Attempt<ChildOutcome> attempt) throws SQLException {
        if (parent.looksFirst()) {
            Optional<ChildOutcome> underExisting = attempt.run();
            if (underExisting.isPresent()) {
                return underExisting.get();
            }
        }
        return attempts.until(parentRule, List.of(parent), attempt);
    }

    /** Whether "no child inserted" can only mean that the parent is absent. */
    private boolean countIsClear() {
        return rule.once().isEmpty()
                && parentRule.match().isEmpty()
                && parentRule.requiredState().isEmpty();
    }

    private boolean oneMessage() {
        return session.inTransaction()
                || parent.storedAsGiven()
                        && rule.returning().stream().allMatch(column -> column.fixedWidth())
                        && session.atomicMessages();
    }

    /** Where the number of inserted children tells nothing, the parent is ensured by itself, and the child sent once. */
    private ChildOutcome parentFirst() throws SQLException {
        if (!parent.row().ancestors().isEmpty()) {
            // Ancestors that were created for a child that is stored already could not be taken back.
            Optional<ChildOutcome> stored = stored(false);
            if (stored.isPresent()) {
                return stored.get();
            }
        }
        EnsureOutcome outcome = new EnsureOne(session, attempts, row.parent(), row.values(), false).run();
        if (outcome instanceof EnsureOutcome.Refused refused) {
            return new ChildOutcome.Refused(rule.table().name(), refused.why());
        }
        boolean created = outcome instanceof EnsureOutcome.Created;
        Answer inserted = session.send(ChildSql.insert(child, parent)).get(0);
        if (!inserted.isEmpty() || rule.once().isEmpty()) {
            return new Inserted(created, returned(rule, inserted.rows(), 0));
        }
        return stored(created).orElseGet(() -> new Inserted(created, RowValues.none(rule.table())));
    }

    /** The child that is stored already under this key, if one is. */
    private Optional<ChildOutcome> stored(boolean created) throws SQLException {
        if (rule.once().isEmpty()) {
            return Optional.empty();
        }
        List<Row> found =
                session.send(ChildSql.look(child, row.parent())).get(0).rows();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!session.undo() && created) {
            session.send(ParentSql.takeBack(parent));
        }
        return Optional.of(outcome(rule, found));
    }

    /** What a child found by {@link ChildSql#look} means. */
    static ChildOutcome outcome(ChildRule rule, List<Row> found) {
        return found.get(0).flag(0)
                ? new Duplicate(returned(rule, found, 1))
                : new Elsewhere(rule.table().name());
    }

    static RowValues returned(ChildRule rule, List<Row> rows, int offset) {
        if (rows.isEmpty()) {
            return RowValues.none(rule.table());
        }
        Object[] values = IntStream.range(0, rule.returning().size())
                .mapToObj(i -> rows.get(0).value(offset + i))
                .toArray();
        return RowValues.stored(rule.table(), rule.returning(), values);
    }

    /** The parent's and the child's INSERT in one message. */
    private final class Pair {

        private boolean triedExisting;
        private boolean created;

        /** For a count that is clear: empty asks for a repetition. */
        Optional<ChildOutcome> send() throws SQLException {
            boolean insertParent = !parent.looksFirst() || triedExisting;
            triedExisting = true;
            if (insertParent) {
                parent.requireValues();
            }
            List<Answer> answers = SoftReference.checked(
                    parentRule,
                    session.send(
                            Shape.of(child, parent, insertParent),
                            () -> statements(insertParent),
                            place -> parent.at(child.at(place))));
            created |= insertParent && !answers.get(0).isEmpty();
            Answer inserted = answers.get(answers.size() - 1);
            if (!inserted.isEmpty()) {
                return Optional.of(new Inserted(created, returned(rule, inserted.rows(), 0)));
            }
            if (created && countIsClear()) {
                throw Attempts.hidden(parentRule);
            }
            return Optional.empty();
        }

        private List<Action> statements(boolean insertParent) {
            PlannedParent anyParent = parent.places();
            PlannedChild anyChild = child.places();
            List<Action> actions = SoftReference.startOf(parentRule);
            if (insertParent) {
                actions.add(ParentSql.insert(anyParent, ChildSql.notStored(anyChild, anyParent)));
            }
            actions.add(ChildSql.insert(anyChild, anyParent));
            return actions;
        }

        /** For a count of several readings: looks at child and parent before it asks for a repetition. */
        Optional<ChildOutcome> sendAndLook() throws SQLException {
            Optional<ChildOutcome> inserted = send();
            if (inserted.isPresent()) {
                return inserted;
            }
            Optional<ChildOutcome> stored = stored(created);
            return stored.isPresent() ? stored : refused();
        }

        private Optional<ChildOutcome> refused() throws SQLException {
            var reading = new ParentReading(parentRule);
            List<Row> locked =
                    session.send(ParentSql.lock(parent, reading)).get(0).rows();
            if (locked.isEmpty()) {
                if (created) {
                    throw Attempts.hidden(parentRule);
                }
                return Optional.empty();
            }
            return reading.locked(parent.key(), locked.get(0), 0, created) instanceof EnsureOutcome.Refused refused
                    ? Optional.of(new ChildOutcome.Refused(rule.table().name(), refused.why()))
                    : Optional.empty();
        }
    }
}

package dev.writeguard.ensure;

import dev.writeguard.ensure.Operations.Operation;
import dev.writeguard.event.GuardListener;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.plan.Messages;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.sql.TableName;
import dev.writeguard.violation.GuardException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The race-free upsert of a parent, alone or in one message with its child.
 *
 * <p>When a call has ensured a parent or inserted a child inside a transaction, the parent is there and stays there
 * until the transaction ends: it is either ours and uncommitted, or locked FOR KEY SHARE (FOR SHARE with a required
 * state or a soft reference, FOR NO KEY UPDATE with TOUCH). A rollback to a savepoint from before the call releases that lock, and so does
 * the end of an inner transaction. The parent of a {@link ChildOutcome.Duplicate} need not be locked: in a bulk, with
 * ancestors and with TOUCH it is held by no more than the foreign key of the stored child, as long as that one is
 * there.
 *
 * <p>Joins the transaction of its connection. With autocommit it sends a single message, which is atomic, where the
 * rule and the connection allow it, else it opens a transaction of its own and commits it. With autocommit, what ends
 * with 40001 or 40P01 is run again, at most ten times in all, and so is what ends with {@code GRD-711}, {@code
 * GRD-115} or {@code GRD-116}; once after 23503 above READ COMMITTED. Repeating a call is harmless: an existing parent
 * is kept; a child is inserted again unless its rule has {@link ChildRule#once()}.
 *
 * <p>A refusal, and a failure that the server did not raise, leave nothing behind in the caller's transaction; or,
 * where that cannot be had, a transaction that can only be rolled back.
 *
 * <p>All methods throw {@link GuardException}, or what {@link ConnectionSource#toThrow} makes of it, with these
 * SQLSTATEs passed through where the server sent one: 40001, 40P01 and 55P03 may be retried in a new transaction, and
 * so may 23503 above READ COMMITTED; 40001 comes at READ COMMITTED, too, where a partitioned parent moves to another
 * partition meanwhile; 23505, 23P01, 23502, 23514 and class 22 concern the values; 42501 and 25006 the role and the
 * transaction; 08xxx and 57P01 the connection.
 *
 * <p>Safe for use by many threads if its {@link ConnectionSource} is.
 *
 * @since 0.1
 */
public final class EnsureParent {

    private final ConnectionSource connections;
    private final Operations operations;

    /**
     * An upsert that composes its messages itself; for one that lives as long as the application.
     *
     * @param connections where each call gets its connection
     * @param modes asked at each call for the mode of its rule
     * @param listeners told of each operation, in this order
     */
    public EnsureParent(
            ConnectionSource connections, Function<ParentRule, GuardMode> modes, List<GuardListener> listeners) {
        this(connections, modes, listeners, new Messages());
    }

    /**
     * @param connections where each call gets its connection
     * @param modes asked at each call for the mode of its rule
     * @param listeners told of each operation, in this order
     * @param messages shared with other upserts on this database, so that each message is composed once
     */
    public EnsureParent(
            ConnectionSource connections,
            Function<ParentRule, GuardMode> modes,
            List<GuardListener> listeners,
            Messages messages) {
        this.connections = connections;
        this.operations = new Operations(modes, listeners, messages);
    }

    /**
     * Whether a rule is in force at this moment, for a caller who has to prepare an operation. Where it is only observed,
     * the listeners are told of the operation that is not asked for therefore.
     *
     * @param operation its name
     * @param rows how many rows it would be about
     */
    public boolean enforces(ParentRule rule, String operation, int rows) {
        GuardMode mode = operations.mode(rule);
        if (mode != GuardMode.ENFORCE) {
            operations.observed(mode, operation, rule, rows);
        }
        return mode == GuardMode.ENFORCE;
    }

    /**
     * Ensures one parent.
     *
     * <p>Sends {@code INSERT … ON CONFLICT (key) DO NOTHING; SELECT … FOR KEY SHARE} in one message, at most ten times
     * if deletes keep slipping in between; for a rule that looks first, and for a parent that cannot be created or has
     * ancestors, the SELECT alone first. One round trip, two on a miss after a look; one more for the COMMIT where a
     * transaction had to be opened.
     *
     * @param values the values to create the parent with; compared where the rule says {@code match}
     */
    public EnsureOutcome ensure(ParentRule rule, RowKey key, RowValues values) {
        return ensure(rule.row(key, values));
    }

    /** The same for a parent with ancestors, or without values. */
    public EnsureOutcome ensure(ParentRow parent) {
        return ensureAll(Objects.requireNonNull(parent, "parent").rule(), List.of(parent))
                .get(0);
    }

    /**
     * Ensures many parents in one message.
     *
     * <p>Keys are deduplicated and locks taken in key order, both by the server. If two inputs give different values
     * for one absent parent, the first wins.
     *
     * @return the outcomes by input position
     */
    public List<EnsureOutcome> ensureAll(ParentRule rule, List<ParentRow> parents) {
        parents.forEach(parent -> Objects.requireNonNull(parent, "parent"));
        String operation = parents.size() == 1 ? "ensure" : "ensureAll";
        if (!enforces(rule, operation, parents.size())) {
            return parents.stream()
                    .<EnsureOutcome>map(parent -> new EnsureOutcome.Unchecked(parent.key()))
                    .toList();
        }
        var named = new Operation<>(operation, rule.table().name(), rule.table().name(), EnsureOutcome::name);
        return operations.run(connections, named, run -> ensure(run, rule, parents));
    }

    private static List<EnsureOutcome> ensure(Run run, ParentRule rule, List<ParentRow> parents) throws SQLException {
        parents.forEach(parent -> PlannedParent.requireOf(rule, parent));
        if (parents.size() == 1) {
            return List.of(EnsureOne.alone(run, parents.get(0)).run());
        }
        return EnsureMany.alone(run, rule, planned(rule, parents)).run();
    }

    /**
     * Locks a parent that is there, and creates none: for a caller to whom its values are of use only if it is absent.
     * With TOUCH it is touched, too.
     *
     * <p>Sends {@code SELECT … FOR KEY SHARE}, or the lock or UPDATE of the rule, alone: one round trip.
     *
     * @param parent its values are compared and touched with, where the rule says so
     * @return empty if it is absent
     */
    public Optional<EnsureOutcome> lock(ParentRow parent) {
        return lockAll(Objects.requireNonNull(parent, "parent").rule(), List.of(parent))
                .get(0);
    }

    /**
     * The same for many, in the order of their keys, in one message.
     *
     * @return the outcomes by input position
     */
    public List<Optional<EnsureOutcome>> lockAll(ParentRule rule, List<ParentRow> parents) {
        parents.forEach(parent -> Objects.requireNonNull(parent, "parent"));
        String operation = parents.size() == 1 ? "lock" : "lockAll";
        if (!enforces(rule, operation, parents.size())) {
            return parents.stream()
                    .map(parent -> Optional.<EnsureOutcome>of(new EnsureOutcome.Unchecked(parent.key())))
                    .toList();
        }
        TableName table = rule.table().name();
        var named = new Operation<Optional<EnsureOutcome>>(
                operation, table, table, found -> found.map(EnsureOutcome::name).orElse("absent"));
        return operations.run(connections, named, run -> lock(run, rule, parents));
    }

    private static List<Optional<EnsureOutcome>> lock(Run run, ParentRule rule, List<ParentRow> parents)
            throws SQLException {
        parents.forEach(parent -> PlannedParent.requireOf(rule, parent));
        if (parents.size() == 1) {
            return List.of(EnsureOne.alone(run, parents.get(0)).look());
        }
        return parents.isEmpty()
                ? List.of()
                : EnsureMany.alone(run, rule, planned(rule, parents)).lookOnly();
    }

    private static List<PlannedParent> planned(ParentRule rule, List<ParentRow> parents) {
        RowValues noChild = RowValues.none(rule.table());
        return parents.stream().map(parent -> PlannedParent.of(parent, noChild)).toList();
    }

    /**
     * Inserts a child and, if it is absent, its parent.
     *
     * <p>Sends {@code INSERT parent … ON CONFLICT (key) DO NOTHING; INSERT child SELECT … FROM parent … FOR KEY SHARE}
     * in one message: one round trip, atomic also with autocommit. It needs a transaction and, with autocommit, one
     * more round trip for its COMMIT, where the child may be sent twice or returns columns of variable width; where
     * the parent has {@code match}, a required state, a reference that may be NULL, ancestors, row-level security or
     * triggers that may rewrite its INSERT; and where triggers or rules may rewrite that of the child.
     */
    public ChildOutcome insert(ChildRule rule, ChildRow child) {
        return insertAll(rule, List.of(Objects.requireNonNull(child, "child"))).get(0);
    }

    /**
     * Inserts many children and those of their parents that are absent: all of them or, if one is refused, none.
     *
     * <p>Locks the parents that are there FOR KEY SHARE, inserts the others, locks all of them (with the lock that the
     * rule asks for) and inserts the children, in one message and round trip; each step in the order of the keys; TOUCH
     * comes last, in the caller's transaction in a message of its own. With {@code match}, a required state, a reference
     * that may be NULL or a child that may be sent twice it runs in a transaction, in two to four messages, and one for
     * the COMMIT if the transaction is Guard's own. No row of the call may be the parent of another.
     *
     * @return the outcomes by input position
     */
    public List<ChildOutcome> insertAll(ChildRule rule, List<ChildRow> children) {
        children.forEach(child -> Objects.requireNonNull(child, "child"));
        String operation = children.size() == 1 ? "insert" : "insertAll";
        boolean enforced = enforces(rule.parent(), operation, children.size());
        var named = new Operation<>(
                operation, rule.parent().table().name(), rule.table().name(), ChildOutcome::name);
        return operations.run(
                connections,
                named,
                run -> enforced ? insert(run, rule, children) : new UnguardedInsert(run, rule, children).run());
    }

    private static List<ChildOutcome> insert(Run run, ChildRule rule, List<ChildRow> children) throws SQLException {
        return children.size() == 1
                ? List.of(new InsertOne(run, rule, children.get(0)).run())
                : new InsertMany(run, rule, children).run();
    }
}

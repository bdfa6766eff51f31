package dev.writeguard.ensure.race;

import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Gate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Every way through Guard's API. */
enum GuardedWrite implements Write {
    ENSURE(Kind.ENSURE, Rule.KEEP),
    ENSURE_TOUCH(Kind.ENSURE, Rule.TOUCH),
    ENSURE_MATCH(Kind.ENSURE, Rule.MATCH),
    ENSURE_OPEN(Kind.ENSURE, Rule.OPEN),
    ENSURE_LOOK_FIRST(Kind.ENSURE, Rule.LOOK_FIRST),
    ENSURE_BELOW_MATCH(Kind.ENSURE, Rule.BELOW_MATCH),
    ENSURE_ALL(Kind.ENSURE_ALL, Rule.KEEP),
    ENSURE_ALL_TOUCH(Kind.ENSURE_ALL, Rule.TOUCH),
    ENSURE_ALL_MATCH(Kind.ENSURE_ALL, Rule.MATCH),
    ENSURE_ALL_OPEN(Kind.ENSURE_ALL, Rule.OPEN),
    ENSURE_ALL_LOOK_FIRST(Kind.ENSURE_ALL, Rule.LOOK_FIRST),
    ENSURE_ALL_BELOW_MATCH(Kind.ENSURE_ALL, Rule.BELOW_MATCH),
    INSERT(Kind.INSERT, Rule.KEEP),
    INSERT_TOUCH(Kind.INSERT, Rule.TOUCH),
    INSERT_MATCH(Kind.INSERT, Rule.MATCH),
    INSERT_OPEN(Kind.INSERT, Rule.OPEN),
    INSERT_LOOK_FIRST(Kind.INSERT, Rule.LOOK_FIRST),
    INSERT_BELOW_MATCH(Kind.INSERT, Rule.BELOW_MATCH),
    INSERT_ONCE(Kind.INSERT, Rule.ONCE),
    INSERT_ONCE_MATCH(Kind.INSERT, Rule.ONCE_MATCH),
    INSERT_ONCE_TOUCH(Kind.INSERT, Rule.ONCE_TOUCH),
    INSERT_STAMPED(Kind.INSERT, Rule.STAMPED),
    INSERT_STAMPED_MATCH(Kind.INSERT, Rule.STAMPED_MATCH),
    INSERT_STAMPED_ONCE(Kind.INSERT, Rule.STAMPED_ONCE),
    INSERT_ALL(Kind.INSERT_ALL, Rule.KEEP),
    INSERT_ALL_TOUCH(Kind.INSERT_ALL, Rule.TOUCH),
    INSERT_ALL_MATCH(Kind.INSERT_ALL, Rule.MATCH),
    INSERT_ALL_OPEN(Kind.INSERT_ALL, Rule.OPEN),
    INSERT_ALL_LOOK_FIRST(Kind.INSERT_ALL, Rule.LOOK_FIRST),
    INSERT_ALL_BELOW_MATCH(Kind.INSERT_ALL, Rule.BELOW_MATCH),
    INSERT_ALL_ONCE(Kind.INSERT_ALL, Rule.ONCE),
    INSERT_ALL_ONCE_MATCH(Kind.INSERT_ALL, Rule.ONCE_MATCH),
    INSERT_ALL_ONCE_TOUCH(Kind.INSERT_ALL, Rule.ONCE_TOUCH),
    INSERT_ALL_STAMPED(Kind.INSERT_ALL, Rule.STAMPED),
    INSERT_ALL_STAMPED_MATCH(Kind.INSERT_ALL, Rule.STAMPED_MATCH);

    private enum Kind {
        ENSURE,
        ENSURE_ALL,
        INSERT,
        INSERT_ALL
    }

    private enum Rule {
        KEEP(Chat::messages),
        TOUCH(Chat::touching),
        MATCH(Chat::matching),
        OPEN(Chat::open),
        LOOK_FIRST(Chat::lookedFor),
        /** The parent has a workspace above it. */
        BELOW_MATCH(Chat::matching),
        ONCE(Chat::once),
        ONCE_MATCH(Chat::onceMatching),
        ONCE_TOUCH(Chat::onceTouching),
        STAMPED(Chat::stamped),
        STAMPED_MATCH(Chat::stampedMatching),
        STAMPED_ONCE(Chat::stampedOnce);

        private final Function<Chat, ChildRule> compiled;

        Rule(Function<Chat, ChildRule> compiled) {
            this.compiled = compiled;
        }
    }

    private static final List<Long> MANY = List.of(Stage.HIGHER, Stage.PARENT, Stage.LOWER);

    private final Kind kind;
    private final Rule rule;

    GuardedWrite(Kind kind, Rule rule) {
        this.kind = kind;
        this.rule = rule;
    }

    /** Whether only parents are ensured; in a transaction plain INSERTs of children follow. */
    boolean ensures() {
        return kind == Kind.ENSURE || kind == Kind.ENSURE_ALL;
    }

    /** Whether a parent that is there is locked by the very first statement, so that nothing can slip in after it. */
    boolean locksFirst() {
        return isBulk() || looksFirst();
    }

    /** No ancestor is created for a parent that is there. */
    boolean looksFirst() {
        return rule == Rule.LOOK_FIRST || rule == Rule.BELOW_MATCH;
    }

    /** Whether its lock is stronger than one on the key. */
    boolean locksTheWholeRow() {
        return touches() || rule == Rule.OPEN;
    }

    boolean isBulk() {
        return kind == Kind.ENSURE_ALL || kind == Kind.INSERT_ALL;
    }

    boolean touches() {
        return rule == Rule.TOUCH || rule == Rule.ONCE_TOUCH;
    }

    /** Whether the parent's owner has to be the one given. */
    boolean matches() {
        return rule.name().endsWith("MATCH");
    }

    /** Whether the same child again is a duplicate. */
    boolean once() {
        return rule.name().contains("ONCE");
    }

    /** How many children it writes. */
    long children(Mode mode) {
        if (ensures() && mode.autocommit()) {
            return 0;
        }
        return isBulk() ? MANY.size() : 1;
    }

    @Override
    public String run(Chat chat, Connection connection) throws SQLException {
        EnsureParent guarded = chat.on(connection);
        ChildRule children = rule.compiled.apply(chat);
        ChildRow row = child(chat, children, Stage.PARENT);
        List<ChildRow> rows =
                MANY.stream().map(key -> child(chat, children, key)).toList();
        return switch (kind) {
            case ENSURE -> ensure(guarded, row.parent(), connection);
            case ENSURE_ALL ->
                ensureAll(
                        guarded,
                        children.parent(),
                        rows.stream().map(ChildRow::parent).toList(),
                        connection);
            case INSERT -> parentOf(guarded.insert(children, row).orThrow());
            case INSERT_ALL -> parentOf(guarded.insertAll(children, rows).get(1).orThrow());
        };
    }

    private ChildRow child(Chat chat, ChildRule children, long key) {
        ChildRow row = Chat.child(children, key);
        if (rule != Rule.BELOW_MATCH) {
            return row;
        }
        ParentRule workspaces = chat.workspaces();
        return children.row(row.parent().under(workspaces.row(workspaces.key(key))), row.values());
    }

    private static String ensure(EnsureParent guarded, ParentRow parent, Connection connection) throws SQLException {
        EnsureOutcome outcome = guarded.ensure(parent);
        outcome.orThrow();
        insertPlain(connection, List.of(Stage.PARENT));
        return outcome.name();
    }

    private static String ensureAll(
            EnsureParent guarded, ParentRule rule, List<ParentRow> parents, Connection connection) throws SQLException {
        List<EnsureOutcome> outcomes = guarded.ensureAll(rule, parents);
        outcomes.forEach(EnsureOutcome::orThrow);
        insertPlain(connection, MANY);
        return outcomes.get(1).name();
    }

    /** What became of the parent, if the child was inserted; else what became of the child. */
    static String parentOf(ChildOutcome outcome) {
        return outcome instanceof Inserted inserted
                ? inserted.parentCreated() ? "created" : "existing"
                : outcome.name();
    }

    private static void insertPlain(Connection connection, List<Long> parents) throws SQLException {
        if (connection.getAutoCommit()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO messages (conversation_id) VALUES (?)")) {
            for (long parent : parents) {
                statement.setLong(1, parent);
                statement.executeUpdate();
            }
        }
    }

    /** After the INSERT of the parent. */
    @Override
    public Gate gate(Database database) throws SQLException {
        return Gate.afterStatement(database, "conversations", "INSERT", "writer");
    }
}

package dev.writeguard.ensure.race;

import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRule;
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
    ENSURE_ALL(Kind.ENSURE_ALL, Rule.KEEP),
    ENSURE_ALL_TOUCH(Kind.ENSURE_ALL, Rule.TOUCH),
    INSERT(Kind.INSERT, Rule.KEEP),
    INSERT_TOUCH(Kind.INSERT, Rule.TOUCH),
    INSERT_MATCH(Kind.INSERT, Rule.MATCH),
    INSERT_OPEN(Kind.INSERT, Rule.OPEN),
    INSERT_ONCE(Kind.INSERT, Rule.ONCE),
    INSERT_LOOK_FIRST(Kind.INSERT, Rule.LOOK_FIRST),
    INSERT_ALL(Kind.INSERT_ALL, Rule.KEEP),
    INSERT_ALL_TOUCH(Kind.INSERT_ALL, Rule.TOUCH),
    INSERT_ALL_ONCE(Kind.INSERT_ALL, Rule.ONCE);

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
        ONCE(Chat::once),
        LOOK_FIRST(Chat::lookedFor);

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

    boolean looksFirst() {
        return rule == Rule.LOOK_FIRST;
    }

    /** Whether its lock is stronger than one on the key. */
    boolean locksTheWholeRow() {
        return touches() || rule == Rule.OPEN;
    }

    boolean isBulk() {
        return kind == Kind.ENSURE_ALL || kind == Kind.INSERT_ALL;
    }

    boolean touches() {
        return rule == Rule.TOUCH;
    }

    /** Whether the same child again is a duplicate. */
    boolean once() {
        return rule == Rule.ONCE;
    }

    /** The levels above READ COMMITTED only once for each way in which Guard uses autocommit. */
    List<Mode> modes() {
        return switch (this) {
            case ENSURE, INSERT, INSERT_ONCE, INSERT_ALL -> List.of(Mode.values());
            default -> List.of(Mode.RC, Mode.RR, Mode.SER, Mode.RC_AUTOCOMMIT);
        };
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
        ChildRule messages = rule.compiled.apply(chat);
        return switch (kind) {
            case ENSURE -> ensure(guarded, messages.parent(), connection);
            case ENSURE_ALL -> ensureAll(guarded, messages.parent(), connection);
            case INSERT ->
                parentOf(guarded.insert(messages, Chat.child(messages, Stage.PARENT))
                        .orThrow());
            case INSERT_ALL ->
                parentOf(guarded.insertAll(
                                messages,
                                MANY.stream()
                                        .map(key -> Chat.child(messages, key))
                                        .toList())
                        .get(1)
                        .orThrow());
        };
    }

    private static String ensure(EnsureParent guarded, ParentRule parents, Connection connection) throws SQLException {
        EnsureOutcome outcome = guarded.ensure(Chat.parent(parents, Stage.PARENT));
        outcome.orThrow();
        insertPlain(connection, List.of(Stage.PARENT));
        return outcome.name();
    }

    private static String ensureAll(EnsureParent guarded, ParentRule parents, Connection connection)
            throws SQLException {
        List<EnsureOutcome> outcomes = guarded.ensureAll(
                parents, MANY.stream().map(key -> Chat.parent(parents, key)).toList());
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

package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipes on the pages {@code GRD-1xx}: what Guard is given, and what it finds. */
@Schema(DocsSchema.SQL)
class EnsureErrorsIT {

    private final UUID id = UUID.randomUUID();
    private Connection connection;
    private SchemaGraph graph;
    private EnsureParent ensure;
    private ParentRule conversations;
    private ChildRule messages;

    @BeforeEach
    void compile(Database database) throws SQLException {
        database.execute("TRUNCATE users, conversations, messages, contacts, calls");
        connection = database.connect();
        Guard guard = Guard.of(connection);
        graph = guard.graph();
        ensure = guard.ensureParent(connection);
        conversations = ParentRule.on(graph, "conversations").build();
        messages = ChildRule.on(graph, "messages", conversations).build();
    }

    @AfterEach
    void dropTriggers(Database database) throws SQLException {
        database.execute("DROP FUNCTION IF EXISTS come_and_go, drop_row, rival, keep_row CASCADE");
    }

    @Test
    void parentNotLockable(Database database) {
        assertShows(FailureCode.PARENT_NOT_LOCKABLE, () -> {
            // tag::parentNotLockable[]
            database.execute("""
                    CREATE FUNCTION come_and_go() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        IF TG_WHEN = 'BEFORE' AND pg_trigger_depth() = 1 THEN
                            INSERT INTO conversations (id) VALUES ('00000000-0000-0000-0000-000000000001');
                        ELSIF pg_trigger_depth() = 1 THEN
                            DELETE FROM conversations;
                        END IF;
                        RETURN NULL;
                    END $$;
                    CREATE TRIGGER come BEFORE INSERT ON conversations EXECUTE FUNCTION come_and_go();
                    CREATE TRIGGER go AFTER INSERT ON conversations EXECUTE FUNCTION come_and_go();
                    """);
            ensure.ensure(conversations.row(conversations.key(new UUID(0, 1))));
            // end::parentNotLockable[]
        });
    }

    @Test
    void parentHidden(Database database) {
        assertShows(FailureCode.PARENT_HIDDEN, () -> {
            // tag::parentHidden[]
            database.execute("""
                    CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                    CREATE TRIGGER drop_row BEFORE INSERT ON conversations
                    FOR EACH ROW EXECUTE FUNCTION drop_row();
                    """);
            Guard guard = Guard.of(connection);
            ParentRule rule = ParentRule.on(guard.graph(), "conversations").build();
            guard.ensureParent(connection).ensure(rule.row(rule.key(id)));
            // end::parentHidden[]
        });
    }

    @Test
    void keyInvalid() {
        assertShows(FailureCode.KEY_INVALID, () -> {
            // tag::keyInvalid[]
            UUID notSentByTheClient = null;
            RowKey key = conversations.key(notSentByTheClient);
            // end::keyInvalid[]
            ensure.ensure(conversations.row(key));
        });
    }

    @Test
    void valuesMissing() {
        assertShows(FailureCode.VALUES_MISSING, () -> {
            // tag::valuesMissing[]
            ParentRule users = ParentRule.on(graph, "users").build();
            ensure.ensure(users.row(users.key(7L)));
            // end::valuesMissing[]
        });
    }

    @Test
    void templateFailed() {
        assertShows(FailureCode.TEMPLATE_FAILED, () -> {
            // tag::templateFailed[]
            ParentRule rule = ParentRule.on(graph, "conversations")
                    .template((key, child) -> {
                        throw new IllegalStateException("no title");
                    })
                    .build();
            ensure.ensure(rule.row(rule.key(id)));
            // end::templateFailed[]
        });
    }

    @Test
    void softReferenceIsolation() {
        assertShows(FailureCode.SOFT_REFERENCE_ISOLATION, () -> {
            // tag::softReferenceIsolation[]
            ParentRule rule = ParentRule.on(graph, "conversations").soft().build();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            ensure.ensure(rule.row(rule.key(id)));
            // end::softReferenceIsolation[]
        });
    }

    @Test
    void parentMismatch(Database database) {
        assertShows(FailureCode.PARENT_MISMATCH, () -> {
            // tag::parentMismatch[]
            database.execute("""
                    INSERT INTO users VALUES (7, 'Ann'), (8, 'Bob');
                    INSERT INTO conversations (id, owner_id) VALUES ('00000000-0000-0000-0000-000000000001', 7);
                    """);
            ParentRule rule =
                    ParentRule.on(graph, "conversations").match("owner_id").build();
            ensure.ensure(
                            rule,
                            rule.key(new UUID(0, 1)),
                            rule.values().set("owner_id", 8L).build())
                    .orThrow();
            // end::parentMismatch[]
        });
    }

    @Test
    void parentState(Database database) {
        assertShows(FailureCode.PARENT_STATE, () -> {
            // tag::parentState[]
            database.execute("""
                    INSERT INTO conversations (id, state) VALUES ('00000000-0000-0000-0000-000000000001', 'CLOSED');
                    """);
            ParentRule rule = ParentRule.on(graph, "conversations")
                    .requireState("state", "OPEN")
                    .build();
            ensure.ensure(rule.row(rule.key(new UUID(0, 1)))).orThrow();
            // end::parentState[]
        });
    }

    @Test
    void createdState() {
        assertShows(FailureCode.CREATED_STATE, () -> {
            // tag::createdState[]
            ParentRule rule = ParentRule.on(graph, "conversations")
                    .requireState("state", "OPEN")
                    .build();
            ensure.ensure(
                    rule, rule.key(id), rule.values().set("state", "ARCHIVED").build());
            // end::createdState[]
        });
    }

    @Test
    void childElsewhere() {
        assertShows(FailureCode.CHILD_ELSEWHERE, () -> {
            // tag::childElsewhere[]
            ChildRule once = ChildRule.on(graph, "messages", conversations)
                    .onceBy("client_id")
                    .build();
            for (int i = 0; i < 2; i++) {
                ChildRow message = once.row(
                        conversations.key(UUID.randomUUID()),
                        once.values().set("client_id", id).set("body", "hi").build());
                ensure.insert(once, message).orThrow();
            }
            // end::childElsewhere[]
        });
    }

    @Test
    void columnInvalid() {
        assertShows(FailureCode.COLUMN_INVALID, () -> {
            // tag::columnInvalid[]
            conversations.values().set("titel", "Lunch");
            // end::columnInvalid[]
        });
    }

    @Test
    void referenceMissing() {
        assertShows(FailureCode.REFERENCE_MISSING, () -> {
            // tag::referenceMissing[]
            ChildRow message = messages.row(
                    conversations.key(id),
                    messages.values().set("author_id", 99L).set("body", "hi").build());
            ensure.insert(messages, message);
            // end::referenceMissing[]
        });
    }

    @Test
    void valueRejected() {
        assertShows(FailureCode.VALUE_REJECTED, () -> {
            // tag::valueRejected[]
            ensure.ensure(
                    conversations,
                    conversations.key(id),
                    conversations.values().set("state", "ON FIRE").build());
            // end::valueRejected[]
        });
    }

    @Test
    void otherKeyTaken() {
        assertShows(FailureCode.OTHER_KEY_TAKEN, () -> {
            // tag::otherKeyTaken[]
            ParentRule contacts = ParentRule.on(graph, "contacts").key("email").build();
            for (String email : new String[] {"ann@example.com", "ann@example.org"}) {
                ensure.ensure(
                        contacts,
                        contacts.key(email),
                        contacts.values().set("phone", "+49 30 1234").build());
            }
            // end::otherKeyTaken[]
        });
    }

    @Test
    void childHidden(Database database) {
        assertShows(FailureCode.CHILD_HIDDEN, () -> {
            // tag::childHidden[]
            database.execute("""
                    CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                    CREATE TRIGGER drop_row BEFORE INSERT ON messages
                    FOR EACH ROW EXECUTE FUNCTION drop_row();
                    """);
            Guard guard = Guard.of(connection);
            ChildRule once = ChildRule.on(
                            guard.graph(),
                            "messages",
                            ParentRule.on(guard.graph(), "conversations").build())
                    .onceBy("client_id")
                    .build();
            ensure.insert(
                    once,
                    once.row(
                            once.parent().key(id),
                            once.values().set("client_id", id).set("body", "hi").build()));
            // end::childHidden[]
        });
    }

    @Test
    void notTakenBack(Database database) {
        assertShows(FailureCode.NOT_TAKEN_BACK, () -> {
            // tag::notTakenBack[]
            database.execute("""
                    INSERT INTO conversations (id) VALUES ('00000000-0000-0000-0000-000000000001');
                    CREATE FUNCTION rival() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        INSERT INTO messages (conversation_id, client_id, body)
                        SELECT id, id, 'faster' FROM conversations WHERE title = 'untitled';
                        RETURN NULL;
                    END $$;
                    CREATE TRIGGER rival AFTER INSERT ON conversations EXECUTE FUNCTION rival();
                    CREATE FUNCTION keep_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                    CREATE TRIGGER keep_row BEFORE DELETE ON conversations
                    FOR EACH ROW EXECUTE FUNCTION keep_row();
                    """);
            ChildRule once = ChildRule.on(graph, "messages", conversations)
                    .onceBy("client_id")
                    .build();
            connection.setAutoCommit(false);
            ensure.insert(
                    once,
                    once.row(
                            conversations.row(
                                    conversations.key(id),
                                    conversations.values().set("title", "Lunch").build()),
                            once.values()
                                    .set("client_id", new UUID(0, 1))
                                    .set("body", "slower")
                                    .build()));
            // end::notTakenBack[]
        });
    }

    @Test
    void referenceNull(Database database) {
        assertShows(FailureCode.REFERENCE_NULL, () -> {
            // tag::referenceNull[]
            database.execute("INSERT INTO contacts (email) VALUES ('ann@example.com')");
            ParentRule byPhone = ParentRule.on(graph, "contacts")
                    .key("email")
                    .referencedBy("phone")
                    .build();
            ensure.ensure(byPhone.row(byPhone.key("ann@example.com"))).orThrow();
            // end::referenceNull[]
        });
    }

    private GuardException assertShows(FailureCode code, ThrowingCallable recipe) {
        GuardException failure = ErrorPage.assertShows(getClass(), code, recipe);
        assertThat(failure.mayRetry()).isEqualTo(code.mayRetry());
        return failure;
    }
}

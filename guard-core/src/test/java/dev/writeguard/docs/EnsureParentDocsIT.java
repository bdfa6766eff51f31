package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.ensure.Refusal;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The code on {@code docs/ensure-parent.md}. */
@Schema(DocsSchema.SQL)
class EnsureParentDocsIT {

    private static final long ANN = 7;
    private static final long BOB = 8;

    private final UUID conversationId = UUID.randomUUID();
    private Connection connection;
    private SchemaGraph graph;
    private EnsureParent ensure;
    private GuardMode mode = GuardMode.ENFORCE;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("""
                TRUNCATE users, conversations, messages, contacts, calls, audit_entries;
                INSERT INTO users VALUES (7, 'Ann'), (8, 'Bob')""");
        connection = database.connect();
        Guard guard = Guard.of(connection, rule -> mode, List.of());
        graph = guard.graph();
        ensure = guard.ensureParent(connection);
    }

    @Test
    void usesTheTablesOfThePage() {
        assertThat(Page.block("tables", getClass(), "usesTheTablesOfThePage")).isEqualTo(DocsSchema.SQL.strip());
    }

    @Test
    void insertsAMessageAndItsConversation(Database database) throws SQLException {
        // tag::first[]
        // Once, at start-up: reads the catalog, and checks both rules against it.
        Guard guard = Guard.of(connection);
        ParentRule conversations = ParentRule.on(guard.graph(), "conversations").build();
        ChildRule messages =
                ChildRule.on(guard.graph(), "messages", conversations).build();

        // For each message.
        ParentRow conversation = conversations.row(
                conversations.key(conversationId),
                conversations.values().set("title", "Lunch").build());
        ChildRow message = messages.row(
                conversation, messages.values().set("body", "Noon?").build());
        ChildOutcome outcome = guard.ensureParent(connection).insert(messages, message);
        // end::first[]
        assertThat(outcome).isInstanceOf(ChildOutcome.Inserted.class);
        assertThat(stored(database)).isEqualTo(1);
    }

    @Test
    void ensuresAParentForSqlOfYourOwn(Database database) throws SQLException {
        ParentRule conversations = ParentRule.on(graph, "conversations").build();
        // tag::ensure[]
        connection.setAutoCommit(false);
        ensure.ensure(conversations.row(conversations.key(conversationId)));
        // The conversation is there and stays there: no delete gets past the lock before the commit.
        try (var insert =
                connection.prepareStatement("INSERT INTO messages (conversation_id, body) VALUES (?, 'Noon?')")) {
            insert.setObject(1, conversationId);
            insert.executeUpdate();
        }
        connection.commit();
        // end::ensure[]
        assertThat(stored(database)).isEqualTo(1);
    }

    @Test
    void insertsManyAtOnce() {
        ParentRule conversations = ParentRule.on(graph, "conversations").build();
        ChildRule messages = ChildRule.on(graph, "messages", conversations).build();
        // tag::bulk[]
        List<ChildRow> rows = new ArrayList<>();
        for (String body : List.of("Noon?", "Where?")) {
            rows.add(messages.row(
                    conversations.key(conversationId),
                    messages.values().set("body", body).build()));
        }
        List<ChildOutcome> outcomes = ensure.insertAll(messages, rows);
        // end::bulk[]
        assertThat(outcomes)
                .extracting(outcome -> ((ChildOutcome.Inserted) outcome).parentCreated())
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @EnumSource
    void findsAParentByItsNaturalKey(GuardMode mode) {
        this.mode = mode;
        // tag::key[]
        ParentRule contacts = ParentRule.on(graph, "contacts").key("email").build();
        EnsureOutcome outcome = ensure.ensure(contacts.row(contacts.key("ann@example.com")));
        // end::key[]
        // tag::reference[]
        // Empty in the modes OBSERVE and OFF, in which nobody has looked.
        Optional<Present> contact = outcome.orThrow().present();
        Optional<Long> id = contact.map(present -> (Long) present.reference().value("id"));
        // end::reference[]
        if (mode == GuardMode.ENFORCE) {
            assertThat(outcome).isInstanceOf(Created.class);
            assertThat(id).hasValueSatisfying(value -> assertThat(value).isPositive());
        } else {
            assertThat(outcome).isInstanceOf(EnsureOutcome.Unchecked.class);
            assertThat(id).isEmpty();
        }
    }

    @Test
    void refusesAParentThatDiffers() {
        ParentRule plain = ParentRule.on(graph, "conversations").build();
        ensure.ensure(
                plain,
                plain.key(conversationId),
                plain.values().set("owner_id", ANN).build());
        // tag::match[]
        ParentRule conversations =
                ParentRule.on(graph, "conversations").match("owner_id").build();
        EnsureOutcome outcome = ensure.ensure(
                conversations,
                conversations.key(conversationId),
                conversations.values().set("owner_id", BOB).build());
        // end::match[]
        assertThat(outcome).isInstanceOf(EnsureOutcome.Refused.class);
        // tag::refusal[]
        if (outcome instanceof EnsureOutcome.Refused refused && refused.why() instanceof Refusal.Mismatch mismatch) {
            System.out.println("differs in " + mismatch.columns());
        }
        // end::refusal[]
    }

    @ParameterizedTest
    @EnumSource
    void touchesTheParent(GuardMode mode) {
        this.mode = mode;
        // tag::touch[]
        ParentRule conversations = ParentRule.on(graph, "conversations")
                .touchClock("last_message_at")
                .touchVersion("version")
                .build();
        EnsureOutcome outcome = ensure.ensure(conversations.row(conversations.key(conversationId)));
        // Empty in the modes OBSERVE and OFF, in which nothing is touched.
        OptionalLong version = outcome.orThrow().present().map(Present::version).orElse(OptionalLong.empty());
        // end::touch[]
        assertThat(version).isEqualTo(mode == GuardMode.ENFORCE ? OptionalLong.of(1) : OptionalLong.empty());
    }

    @Test
    void requiresAState(Database database) throws SQLException {
        // tag::state[]
        ParentRule conversations = ParentRule.on(graph, "conversations")
                .requireState("state", "OPEN")
                .build();
        // end::state[]
        ParentRow conversation = conversations.row(conversations.key(conversationId));
        assertThat(ensure.ensure(conversation)).isInstanceOf(Created.class);
        database.execute("UPDATE conversations SET state = 'CLOSED'");
        assertThat(ensure.ensure(conversation)).isInstanceOf(EnsureOutcome.Refused.class);
    }

    @Test
    void keepsASoftReference(Database database) throws SQLException {
        // tag::soft[]
        ParentRule conversations = ParentRule.on(graph, "conversations").soft().build();
        ChildRule entries = ChildRule.on(graph, "audit_entries", conversations)
                .columns("conversation_id")
                .build();
        // end::soft[]
        ensure.insert(
                entries,
                entries.row(
                        conversations.key(conversationId),
                        entries.values().set("note", "created").build()));
        assertThat(database.queryLong(
                        "SELECT count(*) FROM audit_entries JOIN conversations c ON c.id = conversation_id"))
                .isEqualTo(1);
    }

    @Test
    void looksFirst() {
        // tag::lookFirst[]
        ParentRule contacts =
                ParentRule.on(graph, "contacts").key("email").lookFirst().build();
        // end::lookFirst[]
        assertThat(ensure.ensure(contacts.row(contacts.key("ann@example.com")))).isInstanceOf(Created.class);
    }

    @Test
    void suppliesValuesFromTheChild(Database database) throws SQLException {
        // tag::template[]
        Table table = graph.table("conversations").orElseThrow();
        ParentRule conversations = ParentRule.on(graph, "conversations")
                .template((key, message) -> RowValues.of(table)
                        .set("owner_id", message.value("author_id"))
                        .build())
                .build();
        // end::template[]
        ChildRule messages = ChildRule.on(graph, "messages", conversations).build();
        ensure.insert(
                messages,
                messages.row(
                        conversations.key(conversationId),
                        messages.values()
                                .set("author_id", ANN)
                                .set("body", "hi")
                                .build()));
        assertThat(database.queryLong("SELECT owner_id FROM conversations")).isEqualTo(ANN);
    }

    @Test
    void ensuresAncestors(Database database) throws SQLException {
        // tag::ancestors[]
        ParentRule users = ParentRule.on(graph, "users").build();
        ParentRule conversations = ParentRule.on(graph, "conversations").build();
        ParentRow conversation = conversations
                .row(conversations.key(conversationId))
                .under(users.row(
                        users.key(9L), users.values().set("name", "Cleo").build()));
        ensure.ensure(conversation);
        // end::ancestors[]
        assertThat(database.queryLong("SELECT owner_id FROM conversations")).isEqualTo(9);
    }

    @Test
    void recognisesAChildThatIsSentTwice(Database database) throws SQLException {
        ParentRule conversations = ParentRule.on(graph, "conversations").build();
        // tag::once[]
        ChildRule messages = ChildRule.on(graph, "messages", conversations)
                .onceBy("client_id")
                .returning("id")
                .build();
        // end::once[]
        ChildRow message = messages.row(
                conversations.key(conversationId),
                messages.values()
                        .set("client_id", UUID.randomUUID())
                        .set("body", "hi")
                        .build());
        ChildOutcome.Inserted first = (ChildOutcome.Inserted) ensure.insert(messages, message);
        ChildOutcome.Duplicate second = (ChildOutcome.Duplicate) ensure.insert(messages, message);
        assertThat(second.stored().value("id")).isEqualTo(first.stored().value("id"));
        assertThat(stored(database)).isEqualTo(1);
    }

    @Test
    void retriesATransactionOfYourOwn() throws SQLException {
        ParentRule conversations = ParentRule.on(graph, "conversations").build();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        // tag::retry[]
        for (int attempt = 1; ; attempt++) {
            try {
                ensure.ensure(conversations.row(conversations.key(conversationId)));
                connection.commit();
                break;
            } catch (GuardException failure) {
                connection.rollback();
                if (!failure.mayRetry() || attempt == 3) {
                    throw failure;
                }
            }
        }
        // end::retry[]
        assertThat(ensure.ensure(conversations.row(conversations.key(conversationId))))
                .isInstanceOf(Existing.class);
    }

    @Test
    void observesBeforeItEnforces(Database database) throws SQLException {
        List<Object> heard = new ArrayList<>();
        // tag::mode[]
        var mode = new AtomicReference<>(GuardMode.OBSERVE);
        Guard guard = Guard.of(connection, rule -> mode.get(), List.of(new CountingListener(heard)));
        // end::mode[]
        ParentRule conversations = ParentRule.on(guard.graph(), "conversations").build();
        ParentRow conversation = conversations.row(conversations.key(conversationId));
        assertThat(guard.ensureParent(connection).ensure(conversation)).isInstanceOf(EnsureOutcome.Unchecked.class);
        mode.set(GuardMode.ENFORCE);
        assertThat(guard.ensureParent(connection).ensure(conversation)).isInstanceOf(Created.class);
        assertThat(heard).hasExactlyElementsOfTypes(ObservedEvent.class, OperationEvent.class);
    }

    // tag::listener[]
    record CountingListener(List<Object> heard) implements GuardListener {
        @Override
        public void completed(OperationEvent event) {
            heard.add(event); // ensure of public.conversations: {created=1}, 1 round trip, 0 repeats
        }

        @Override
        public void observed(ObservedEvent event) {
            heard.add(event); // would have ensured 1 row of public.conversations
        }
    }
    // end::listener[]

    private static long stored(Database database) throws SQLException {
        return database.queryLong("SELECT count(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id");
    }
}
